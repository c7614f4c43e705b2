"""Translations: what their source no longer says is marked for editors, until somebody has checked it."""

import pytest

from manual import selectors
from manual.models import ChapterPage
from manual.text import translation_key
from tests.factories.manual import chapter_file, module_file, write_files
from tests.manual.test_loading import edit, load, rewrite

pytestmark = pytest.mark.django_db

ENGLISH = "## Child {#child}\n\nFirst passage.\n\n::: key-point\nSecond passage.\n:::\n\nThird passage.\n"
ROMANIAN = "## Copil {#child}\n\nPrimul pasaj.\n\n::: key-point\nAl doilea pasaj.\n:::\n\nAl treilea pasaj.\n"


@pytest.fixture
def folder(tmp_path, homes):
    files = {
        "en/m01/module.md": module_file(),
        "en/m01/m01-1.md": chapter_file(body=ENGLISH),
        "ro/m01/module.md": module_file(title="Ce este traficul"),
        "ro/m01/m01-1.md": chapter_file(body=ROMANIAN),
    }
    folder = write_files(tmp_path, files)
    load(folder)
    return folder


def chapter(language):
    return ChapterPage.objects.get(translation_key=translation_key("m01-1"), locale__language_code=language)


def stale(language="ro"):
    page = chapter(language)
    return [(row.words, row.source) for row in selectors.standing_of(page, selectors.source_of(page)).stale]


def test_fresh_translation_is_not_stale(folder):
    assert stale() == []
    assert stale("en") == []


def test_passage_whose_source_file_changed_is_stale_and_no_other(folder):
    rewrite(folder, "en/m01/m01-1.md", "Second passage.", "Second passage, mended.")

    load(folder)

    assert stale() == [("Al doilea pasaj.", "Second passage, mended.")]


def test_passage_whose_source_an_editor_changed_is_stale(folder):
    page = chapter("en")
    body = page.body.get_prep_value()
    body[2]["value"] = {"text": "Edited."}
    edit(page, body=body)

    assert stale() == [("Al doilea pasaj.", "Edited.")]


def test_mending_one_passage_calls_no_other_checked(folder):
    rewrite(folder, "en/m01/m01-1.md", "Second passage.", "Second passage, mended.")
    rewrite(folder, "en/m01/m01-1.md", "Third passage.", "Third passage, mended.")
    load(folder)
    rewrite(folder, "ro/m01/m01-1.md", "Al doilea pasaj.", "Al doilea pasaj, reparat.")

    load(folder)

    assert stale() == [("Al treilea pasaj.", "Third passage, mended.")]


def test_new_passage_of_the_source_is_not_translated_yet(folder):
    rewrite(folder, "en/m01/m01-1.md", "Third passage.", "Third passage.\n\n::: key-point\nNew.\n:::")

    load(folder)

    page = chapter("ro")
    assert selectors.standing_of(page, selectors.source_of(page)).untranslated == ("New.",)


def test_editor_sees_the_passage_beside_its_source_and_notes_it_as_checked(folder, browser_of, elena):
    rewrite(folder, "en/m01/m01-1.md", "Second passage.", "Second passage, mended.")
    load(folder)
    editor, page = browser_of(elena), chapter("ro")
    live = page.live_revision_id

    listed = editor.get("/cms/translations/").content.decode()
    shown = editor.get(f"/cms/translations/{page.pk}/").content.decode()
    editor.post(f"/cms/translations/{page.pk}/")

    assert f"/cms/translations/{page.pk}/" in listed
    assert "Al doilea pasaj." in shown
    assert "Second passage, mended." in shown
    assert f"#block-{page.body[2].id}-section" in shown
    assert stale() == []
    assert chapter("ro").live_revision_id == live
    assert selectors.standing_of(chapter("ro").get_latest_revision_as_object(), chapter("en")).stale == ()


def test_editor_who_opens_the_text_is_told(folder, browser_of, elena):
    rewrite(folder, "en/m01/m01-1.md", "Second passage.", "Second passage, mended.")
    load(folder)

    html = browser_of(elena).get(f"/cms/pages/{chapter('ro').pk}/edit/").content.decode()

    assert "1 passage of this translation is to be looked at again" in html
    assert "Not yet reviewed by a practitioner." in html


def test_source_cannot_be_noted_as_checked(folder, browser_of, elena):
    response = browser_of(elena).post(f"/cms/translations/{chapter('en').pk}/", follow=True)

    assert "This text is no translation." in response.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_state_of_translations_is_for_editors(folder, browser_of, ana, stefan, method):
    rewrite(folder, "en/m01/m01-1.md", "Second passage.", "Second passage, mended.")
    load(folder)

    for person in (ana, stefan):
        response = getattr(browser_of(person), method)(f"/cms/translations/{chapter('ro').pk}/")
        assert response.status_code in {302, 403}

    assert len(stale()) == 1


def test_page_that_is_no_text_has_no_state(homes, browser_of, elena):
    response = browser_of(elena).get(f"/cms/translations/{homes['en'].pk}/", follow=True)

    assert response.status_code == 404
