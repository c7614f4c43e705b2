"""The manual: a small one made of pages, and text files in a folder."""

import wagtail_factories
from factory.django import DjangoModelFactory

from manual.models import ChapterPage, GlossaryTerm, ManualPage, ModulePage, ScenarioPage
from manual.text import stream, translation_key
from manual.text.reader import numbered
from manual.text.scenario_file import parts_of, read_scenario


class KeyedPageFactory(wagtail_factories.PageFactory):
    class Meta:
        abstract = True

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        kwargs["translation_key"] = translation_key(kwargs["key"])
        parent = kwargs.get("parent")
        if parent:
            kwargs.setdefault("locale", parent.locale)
        if isinstance(kwargs.get("body"), str):
            kwargs["body"] = body_of(kwargs["body"], kwargs["key"])
        return kwargs


class ManualPageFactory(KeyedPageFactory):
    class Meta:
        model = ManualPage

    key = "manual"
    title = "Counselling and assistance"
    slug = "manual"


class ModulePageFactory(KeyedPageFactory):
    class Meta:
        model = ModulePage

    key = "m01"
    number = 1
    title = "What trafficking is"
    slug = "what-trafficking-is"


class ChapterPageFactory(KeyedPageFactory):
    class Meta:
        model = ChapterPage

    key = "m01-1"
    number = "1.1"
    title = "The three elements"
    slug = "three-elements"
    standfirst = "An act, a means and a purpose."
    body = "Text."


SCENARIO = """\
You are alone in the office.

::: content-note
No violence is described.
:::

## She stands in the door {#door}

“They told me,” she says, “that you *help* people.”

- [water] “Would you like to sit down?” — She looks at both chairs.
- [questions] “What has happened?” — She takes half a step back.

## The glass of water {#water}

She drinks. The phone buzzes.

- [role] Say who you are. — She looks at you.
- [door] “One moment,” and you lock the door. — She is on her feet again.

## It is nothing {#questions}

“It is nothing,” she says.

- [water] “I asked too much at once.” — She sits down.
- [leaves] “Come back tomorrow.” — To her it is a door that closes.

## Who you are {#role}

“Promise to tell nobody.”

- [limits] “Let me first say what I can promise.” — She thinks it over.
- [promise] “I promise.”

## What you can promise {#limits}

1. You keep it short.
2. You wait.

- [tonight] “What do you need tonight?” — She thinks.
- [leaves] “Then we call the police.” — She is gone.

## The promise {#promise}

She talks fast.

- [limits] “I promised too quickly.” — At least you say so.
- [tonight] Leave it as it is. — She trusts you, for now.

## A room for tonight {#tonight}

Her sister answers at once.

## The empty chair {#leaves}

You write a note and ring your supervisor.

## Debriefing {#debriefing}

You were never going to solve this in twenty minutes.

- Give before you ask.

::: key-points
- Promise what you can keep.
:::
"""


def scenario_file(key="first-contact", body=SCENARIO, **more):
    """Give a scenario's file as text."""
    meta = {
        "key": key,
        "title": "First contact",
        "slug": "first-contact",
        "standfirst": "One sentence.",
        "minutes": 20,
        "module": "m01",
        "reviewed": "2026-11-23",
        "review": "none",
    } | more
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in meta.items()) + f"---\n{body}"


def scenario_parts(markdown=SCENARIO, key="first-contact"):
    """Give what a scenario page stores of a file's body."""
    blocks, _problems = read_scenario("test.md", list(numbered(markdown, 1)))
    names = ("introduction", "steps", "debriefing")
    parts = zip(names, parts_of(blocks), strict=True)
    return {name: stream.to_stream(part, key=f"{key}/{name}") for name, part in parts}


class ScenarioPageFactory(KeyedPageFactory):
    class Meta:
        model = ScenarioPage

    key = "first-contact"
    title = "First contact"
    slug = "first-contact"
    standfirst = "A woman stands in the door."
    minutes = 20

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        markdown = kwargs.pop("body", SCENARIO)
        return super()._adjust_kwargs(**scenario_parts(markdown, kwargs["key"]), **kwargs)


def body_of(markdown, key="m01-1"):
    """Give the stored body of a text in Markdown."""
    from manual.text.reader import Reader, numbered

    return stream.to_stream(Reader("test.md", list(numbered(markdown, 1))).blocks(), key=key)


def chapter_file(key="m01-1", number="1.1", body="Text.\n", **more):
    """Give a chapter's file as text."""
    meta = {
        "key": key,
        "number": f'"{number}"',
        "title": f"Chapter {number}",
        "slug": f"chapter-{number.replace('.', '-')}",
        "standfirst": "One sentence.",
        "minutes": 48,
        "reviewed": "2026-11-23",
        "review": "none",
    } | more
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in meta.items()) + f"---\n{body}"


def module_file(key="m01", number=1, body="Introduction.\n", **more):
    """Give a module's file as text."""
    meta = {
        "key": key,
        "number": number,
        "title": f"Module {number}",
        "slug": f"module-{number}",
        "summary": "Two sentences.",
        "minutes": 240,
        "reviewed": "2026-11-23",
        "review": "none",
    } | more
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in meta.items()) + f"---\n{body}"


MANUAL_FILE = "---\nkey: manual\ntitle: The manual\nslug: manual\nstandfirst: For those who assist.\n---\n"


def write_files(folder, files):
    """Write files by their paths; the manual's own file is there for every language."""
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content)
        home = folder / place.relative_to(folder).parts[0]
        if not (home / "manual.md").exists():
            (home / "manual.md").write_text(MANUAL_FILE)
    return folder


def published(page):
    """Publish a page as an editor does."""
    page.save_revision().publish()
    page.refresh_from_db()
    return page


class GlossaryTermFactory(DjangoModelFactory):
    class Meta:
        model = GlossaryTerm

    key = "warm-referral"
    term_en, term_ro, term_nb = "warm referral", "referire însoțită", "varm overføring"
    definition_en, definition_ro, definition_nb = "With a name.", "Cu un nume.", "Med et navn."
