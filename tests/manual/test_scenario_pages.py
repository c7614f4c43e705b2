"""Scenarios as files and in the editor."""

from django.core.exceptions import ValidationError

from wagtail.models import Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

import pytest

from manual.models import ModulePage, ScenarioPage
from manual.selectors import text_of
from manual.text import Text, read_text, translation_key, write_text
from tests.factories.manual import (
    SCENARIO,
    ScenarioPageFactory,
    chapter_file,
    module_file,
    published,
    scenario_file,
    scenario_parts,
    write_files,
)
from tests.manual.test_loading import load, rewrite

pytestmark = pytest.mark.django_db


# --- Files ------------------------------------------------------------------------------------------------------------

FILE = "en/scenarios/first-contact.md"
ROMANIAN = SCENARIO.replace("She drinks.", "Bea apă.")


@pytest.fixture
def folder(tmp_path, homes):
    return write_files(
        tmp_path,
        {
            "en/m01/module.md": module_file(),
            "en/m01/m01-1.md": chapter_file(),
            FILE: scenario_file(),
            "ro/m01/module.md": module_file(title="Ce este traficul"),
            "ro/scenarios/first-contact.md": scenario_file(body=ROMANIAN, title="Primul contact", slug="primul"),
        },
    )


def english():
    return ScenarioPage.objects.get(translation_key=translation_key("first-contact"), locale__language_code="en")


def test_files_become_pages_below_their_module_in_each_language(folder):
    said, code = load(folder)

    assert (code, "7 created." in said) == (0, True)
    page = english()
    assert page.get_parent().specific == ModulePage.objects.get(key="m01", locale=page.locale)
    assert (page.key, page.title, page.minutes, page.live) == ("first-contact", "First contact", 20, True)
    assert len(page.steps) == 8
    assert page.get_translations().get().specific.title == "Primul contact"


def test_loading_twice_changes_nothing_and_gives_the_same_ids_anew(folder):
    load(folder)
    before, ids = Revision.objects.count(), [step.id for step in english().steps]

    assert load(folder) == ("7 unchanged.\n", 0)
    assert Revision.objects.count() == before

    english().delete()
    load(folder)
    assert [step.id for step in english().steps] == ids


def test_changed_file_updates_its_page_and_steps_keep_their_ids(folder):
    load(folder)
    ids = [step.id for step in english().steps]
    rewrite(folder, FILE, "She drinks.", "She drinks slowly.")

    said, code = load(folder)

    assert (code, "updated    en/scenarios/first-contact.md" in said) == (0, True)
    assert "slowly" in str(english().steps[1].value["text"])
    assert [step.id for step in english().steps] == ids


def test_page_an_editor_changed_is_kept_and_both_changed_is_a_conflict(folder):
    load(folder)
    page = english()
    page.steps[1].value["title"] = "Edited"
    published(page)

    assert "kept       en/scenarios/first-contact.md" in load(folder)[0]
    rewrite(folder, FILE, "She drinks.", "She drinks slowly.")
    said, code = load(folder)
    assert (code, "conflict   en/scenarios/first-contact.md" in said) == (1, True)

    assert load(folder, "--take", "page", "first-contact")[1] == 0
    assert "## Edited {#water}" in (folder / FILE).read_text()
    assert load(folder)[0] == "7 unchanged.\n"


def test_take_file_replaces_what_the_editor_wrote(folder):
    load(folder)
    page = english()
    page.steps[1].value["title"] = "Edited"
    published(page)
    rewrite(folder, FILE, "She drinks.", "She drinks slowly.")

    assert load(folder, "--take", "file", "first-contact")[1] == 0

    assert english().steps[1].value["title"] == "The glass of water"


def test_file_that_names_another_module_moves_its_page(folder):
    write_files(folder, {"en/m02/module.md": module_file("m02", 2)})
    load(folder)
    rewrite(folder, FILE, "module: m01", "module: m02")

    assert load(folder)[1] == 0

    assert english().get_parent().specific.key == "m02"
    assert load(folder)[0] == "8 unchanged.\n"


def test_scenario_waits_for_a_module_that_is_not_written_yet(folder):
    for language in ("en", "ro"):
        rewrite(folder, f"{language}/scenarios/first-contact.md", "module: m01", "module: m02")
    rewrite(folder, FILE, "You were never", "You were [never](manual:m02-1)")

    said, code = load(folder)
    assert (code, ScenarioPage.objects.count()) == (0, 0)
    assert "waiting    en/scenarios/first-contact.md – there is no module “m02” yet" in said

    write_files(folder, {"en/m02/module.md": module_file("m02", 2), "en/m02/m02-1.md": chapter_file("m02-1", "2.1")})
    load(folder)
    assert english().get_parent().specific.key == "m02"


def test_check_lists_scenarios_and_writes_nothing(folder):
    said, code = load(folder, "--check")

    assert code == 0
    assert "en/scenarios/first-contact.md: a scenario of m01, 8 steps, 2 of them endings." in said
    assert not ScenarioPage.objects.exists()


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        (FILE, "- [leaves] “Come", "- [gone] “Come", "first-contact.md:36: there is no step “gone” to lead to"),
        (FILE, "key: first-contact", "key: other", "first-contact.md:2: the file of this scenario is called other.md"),
        (FILE, "You were never", "You were [never](manual:m99)", "leads to no page"),
        (FILE, "She drinks.", "She [drinks](manual:m01).", "no link stands in a step"),
        (FILE, "slug: first-contact", "slug: chapter-1-1", "the slug “chapter-1-1” is used twice"),
        (FILE, "module: m01", "module: m01-1", "there is no m01-1/module.md for this scenario, or its key differs"),
        (FILE, "minutes: 20\n", "", "the front matter has no “minutes”"),
        (
            "ro/scenarios/first-contact.md",
            "- [leaves] “Then",
            "- [door] “Then",
            "ro/scenarios/first-contact.md:51: this choice leads to “leaves” in the source language",
        ),
        (
            "ro/scenarios/first-contact.md",
            "- [door] “One moment,” and you lock the door. — She is on her feet again.",
            "- [door] “One moment.”\n- [door] Wait.",
            "ro/scenarios/first-contact.md:24: the source language has 2 choices here",
        ),
        ("ro/scenarios/first-contact.md", "She is gone.", "She is goneţ.", "with a cedilla"),
    ],
    ids=[
        "target",
        "key",
        "link",
        "link-in-step",
        "slug",
        "module",
        "field",
        "translated-target",
        "translated-count",
        "cedilla",
    ],
)
def test_broken_files_refuse_the_whole_run(folder, path, old, new, message):
    rewrite(folder, path, old, new)

    said, code = load(folder)

    assert code == 1
    assert message in said
    assert not ScenarioPage.objects.exists()


def test_translation_is_compared_with_its_source_even_when_it_is_loaded_alone(folder):
    rewrite(folder, "ro/scenarios/first-contact.md", "- [leaves] “Then", "- [door] “Then")

    said, code = load(folder, "--check", "--language", "ro")

    assert (code, "in the source language" in said) == (1, True)


def test_translation_without_a_source_is_refused(folder):
    (folder / FILE).unlink()

    assert "there is no sound en/scenarios/first-contact.md that this could translate" in load(folder)[0]


# --- The editor -------------------------------------------------------------------------------------------------------


@pytest.fixture
def editor(admin, browser_of):
    return browser_of(admin)


@pytest.fixture
def scenario(manual):
    return published(ScenarioPageFactory(parent=manual["en"]["m01"]))


def steps_of(markdown):
    """Give the steps as the editor's form sends them."""
    blocks = []
    for block in scenario_parts(markdown)["steps"]:
        value = block["value"]
        choices = inline_choices([choice["value"] for choice in value["choices"]])
        blocks.append(("step", {**value, "text": rich_text(value["text"]), "choices": choices}))
    return streamfield(blocks)


def inline_choices(values):
    items = {str(n): {"value": value, "deleted": "", "order": str(n), "type": "item"} for n, value in enumerate(values)}
    return {"count": str(len(values)), **items}


def form_of(page, markdown=SCENARIO, **more):
    data = {
        "title": page.title,
        "slug": page.slug,
        "standfirst": page.standfirst,
        "summary": "",
        "minutes": page.minutes,
        "reviewed": page.reviewed,
        "review": page.review,
        "introduction": streamfield([("text", rich_text("<p>You are alone.</p>"))]),
        "steps": steps_of(markdown),
        "debriefing": streamfield([("text", rich_text("<p>Afterwards.</p>"))]),
        "comments": inline_formset([]),
    } | more
    return nested_form_data(data)


def edit(editor, page, markdown, **more):
    return editor.post(f"/cms/pages/{page.pk}/edit/", form_of(page, markdown, **more))


def test_editor_changes_a_step_and_readers_see_it(editor, client, scenario):
    changed = SCENARIO.replace("She drinks.", "She drinks slowly.")

    response = edit(editor, scenario, changed, **{"action-publish": "1"})

    assert response.status_code == 302
    assert "She drinks slowly." in client.get(f"{scenario.url}step/water/").content.decode()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("- [leaves] “Come", "- [gone] “Come", "There is no step “gone” to lead to."),
        ("- [promise] “I promise.”", "- [limits] “I promise.”", "No choices lead from the first step to “promise”."),
        ("{#promise}", "{#limits}", "There is another step with the name “limits”."),
        ("- [limits] “I promised too", "- [limits] x\n- [limits] x\n- [limits] x\n- [limits] “I", "This one has 5."),
        ("- [tonight] Leave it as it is. — She trusts you, for now.\n", "", "This one has 1."),
        (
            "## A room for tonight {#tonight}\n\nHer sister answers at once.\n",
            "",
            "A scenario has 8 to 15 steps, the debriefing aside. This one has 7.",
        ),
        ("“I promise.”", "“I [promise](manual:m01).”", "No link stands in a step. Put it into the debriefing."),
    ],
    ids=["unknown", "unreachable", "twice", "five", "one", "few", "link"],
)
def test_editor_is_told_at_its_place_what_is_wrong(editor, client, scenario, old, new, sentence):
    assert old in SCENARIO

    response = edit(editor, scenario, SCENARIO.replace(old, new, 1), **{"action-publish": "1"})

    assert response.status_code == 200
    assert sentence in response.content.decode().replace("\\u201c", "“").replace("\\u201d", "”")
    assert "She drinks." in client.get(f"{scenario.url}step/water/").content.decode()


def test_fault_stands_at_the_choice_that_has_it(scenario):
    scenario.steps[0].value["choices"][1]["target"] = "gone"

    with pytest.raises(ValidationError) as caught:
        scenario.full_clean()

    [refusal] = caught.value.error_dict["steps"]
    at_target = refusal.block_errors[0].block_errors["choices"].block_errors[1].block_errors["target"]
    assert at_target.messages == ["There is no step “gone” to lead to."]


def test_translation_that_is_built_otherwise_stays_a_draft(editor, client, manual, scenario):
    page = published(ScenarioPageFactory(parent=manual["ro"]["m01"], title="Primul contact"))
    other = SCENARIO.replace("- [leaves] “Then", "- [door] “Then").replace("She drinks.", "Bea apă.")

    response = editor.post(f"/cms/pages/{page.pk}/edit/", form_of(page, other, **{"action-publish": "1"}), follow=True)

    assert "Step “limits”: In the source language this choice leads to “leaves”." in response.content.decode()
    assert "Bea apă." not in client.get(f"{page.url}step/water/").content.decode()


def test_draft_shows_all_its_steps_in_the_preview(editor, scenario):
    preview = f"/cms/pages/{scenario.pk}/edit/preview/"

    sent = editor.post(preview, form_of(scenario, SCENARIO.replace("She drinks.", "She drinks slowly.")))
    html = editor.get(preview).content.decode()

    assert sent.json()["is_valid"]
    assert "She drinks slowly." in html
    assert "Afterwards." in html


def test_new_scenario_gets_a_key_of_its_own_and_can_be_previewed(editor, manual, scenario):
    parent = manual["en"]["m01"]
    add = f"/cms/pages/add/manual/scenariopage/{parent.pk}/"
    editor.post(f"{add}preview/", form_of(scenario, slug="new", title="Wholly new"))
    assert "Wholly new" in editor.get(f"{add}preview/").content.decode()

    editor.post(add, form_of(scenario, slug="new", title="Wholly new", **{"action-publish": "1"}))

    page = ScenarioPage.objects.get(slug="new")
    assert page.key.startswith("page-")
    assert page.translation_key == translation_key(page.key)


def test_what_the_editor_offers_is_in_the_files_and_back(scenario):
    for name in ("introduction", "debriefing"):
        block = ScenarioPage._meta.get_field(name).stream_block
        setattr(scenario, name, [(kind, child.get_preview_value()) for kind, child in block.child_blocks.items()])
    published(scenario)

    text = text_of(scenario)
    meta = {name: value for name, value in text.meta.items() if value not in (None, "")}

    assert (
        read_text(write_text(Text("x", "scenario", meta, text.blocks)), kind="scenario", path="x").blocks == text.blocks
    )


@pytest.mark.parametrize("field", ["introduction", "steps", "debriefing"])
def test_every_block_has_a_preview(editor, field):
    for block in ScenarioPage._meta.get_field(field).stream_block.child_blocks.values():
        assert editor.get("/cms/block-preview/", {"id": block.definition_prefix}).status_code == 200
