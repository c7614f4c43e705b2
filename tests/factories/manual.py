"""The manual: a small one made of pages, and text files in a folder."""

import wagtail_factories
from factory.django import DjangoModelFactory

from manual.models import ChapterPage, GlossaryTerm, ManualPage, ModulePage
from manual.text import stream, translation_key


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
