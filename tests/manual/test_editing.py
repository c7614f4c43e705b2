"""The manual in the CMS, as Elena the editor works with it."""

import datetime as dt

from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

import pytest

from manual.blocks import BodyBlock
from manual.models import ChapterPage, Edition, EditionEntry, ManualPage, ModulePage
from manual.selectors import text_of
from manual.text import Text, read_text, write_text
from pages.models import HomePage, StandardPage
from tests.factories.manual import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(admin, browser_of):
    return browser_of(admin)


def form_of(page, **more):
    """Give what the editor's form sends."""
    data = {
        "title": page.title,
        "slug": page.slug,
        "number": page.number,
        "standfirst": page.standfirst,
        "summary": page.summary,
        "minutes": page.minutes,
        "reviewed": page.reviewed,
        "review": page.review,
        "tags": "",
        "body": streamfield([("text", rich_text("<p>Edited words.</p>"))]),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""},
    } | more
    return nested_form_data(data)


def test_each_page_has_its_place_in_the_tree():
    case = WagtailPageTestCase()

    case.assertAllowedParentPageTypes(ManualPage, {HomePage})
    case.assertAllowedParentPageTypes(ModulePage, {ManualPage})
    case.assertAllowedParentPageTypes(ChapterPage, {ModulePage})
    case.assertCanNotCreateAt(StandardPage, ManualPage)
    case.assertAllowedSubpageTypes(ChapterPage, {})


def test_editor_changes_a_chapter_and_readers_see_it(editor, client, manual):
    page = manual["en"]["m01-1"]

    response = editor.post(f"/cms/pages/{page.pk}/edit/", form_of(page, **{"action-publish": "1"}))

    assert response.status_code == 302
    assert "Edited words." in client.get(page.url).content.decode()


def test_editor_sees_a_draft_as_readers_will(editor, manual):
    page = manual["en"]["m01-1"]
    address = f"/cms/pages/{page.pk}/edit/preview/"

    sent = editor.post(address, form_of(page))
    html = editor.get(address).content.decode()

    assert sent.json()["is_valid"]
    assert "Edited words." in html
    assert page.title in html


@pytest.mark.parametrize("key", ["manual", "m01", "m01-1"])
def test_editing_screen_opens(editor, manual, key):
    response = editor.get(f"/cms/pages/{manual['en'][key].pk}/edit/")

    assert response.status_code == 200


def test_new_chapter_can_be_previewed_before_it_is_saved(editor, manual):
    page = manual["en"]["m01-1"]
    address = f"/cms/pages/add/manual/chapterpage/{manual['en']['m01'].pk}/preview/"

    editor.post(address, form_of(page, slug="new", title="Wholly new"))

    assert "Wholly new" in editor.get(address).content.decode()


def test_text_with_a_source_it_does_not_have_stays_a_draft(editor, client, manual):
    page = manual["en"]["m01-1"]
    body = streamfield([("text", rich_text("<p>Edited words.[^s99]</p>"))])

    response = editor.post(
        f"/cms/pages/{page.pk}/edit/", form_of(page, body=body, **{"action-publish": "1"}), follow=True
    )

    assert "[^s99]" in response.content.decode()
    assert "Edited words." not in client.get(page.url).content.decode()
    assert ChapterPage.objects.get(pk=page.pk).has_unpublished_changes


def test_menu_of_a_page_offers_its_pdf(editor, manual):
    page = manual["en"]["m01-1"]

    html = editor.get(f"/cms/pages/{page.pk}/edit/").content.decode()

    assert f"/manual/print/{page.pk}.pdf" in html


@pytest.mark.parametrize("key", ["m01-1", "m01", "manual"])
def test_page_of_an_edition_is_not_deleted(editor, manual, key):
    page = manual["en"]["m01-1"]
    edition = Edition.objects.create(manual_key="manual", number="1", date=dt.date(2026, 11, 23))
    EditionEntry.objects.create(
        edition=edition,
        translation_key=page.translation_key,
        locale=page.locale,
        revision=page.live_revision,
        title=page.title,
        body=page.body.get_prep_value(),
    )
    asked = manual["en"][key]

    single = editor.post(f"/cms/pages/{asked.pk}/delete/", follow=True)
    several = editor.post(f"/cms/bulk/wagtailcore/page/delete/?id={asked.pk}", follow=True)

    assert "stands in the edition" in single.content.decode()
    assert several.status_code == 200
    assert ChapterPage.objects.filter(pk=page.pk).exists()


def test_page_without_records_is_deleted(editor, manual):
    page = manual["en"]["m01-2"]

    editor.post(f"/cms/pages/{page.pk}/delete/")

    assert not ChapterPage.objects.filter(pk=page.pk).exists()


@pytest.mark.parametrize("name", list(BodyBlock().child_blocks))
def test_every_block_has_a_preview(editor, name):
    block = BodyBlock().child_blocks[name]

    response = editor.get(
        "/cms/block-preview/", {"id": ChapterPage.body.field.stream_block.child_blocks[name].definition_prefix}
    )

    assert block.meta.description
    assert response.status_code == 200


def test_every_block_of_the_editor_is_in_the_files_and_back(manual):
    """What the editor offers as an example of each block is written to a file and read again."""
    page = manual["en"]["m01-1"]
    block = ChapterPage.body.field.stream_block
    page.body = [(name, child.get_preview_value()) for name, child in block.child_blocks.items() if name != "figure"]
    published(page)

    text = text_of(page)
    written = write_text(Text("x", "chapter", {k: v for k, v in text.meta.items() if v is not None}, text.blocks))

    assert read_text(written, kind="chapter", path="x").blocks == text.blocks
    assert len(text.blocks) == len(block.child_blocks) - 1
