"""manage.py load_manual: files become pages, again and again, and meet what an editor has changed."""

from io import StringIO

from django.core.management import CommandError, call_command

from wagtail.models import Revision

import pytest

from manual.models import ChapterPage, LoadedFile, ManualPage, ModulePage
from manual.text import translation_key
from tests.factories.manual import chapter_file, module_file, write_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, homes):
    return write_files(
        tmp_path,
        {
            "en/m01/module.md": module_file(),
            "en/m01/m01-1.md": chapter_file(body="## Child {#child}\n\nText.\n", tags="[consent, definition]"),
            "en/m01/m01-2.md": chapter_file("m01-2", "1.2", "See [the child](manual:m01-1#child).\n"),
            "ro/m01/module.md": module_file(title="Ce este traficul"),
            "ro/m01/m01-1.md": chapter_file(body="## Copil {#child}\n\nAsistență.\n", title="Cele trei elemente"),
        },
    )


def load(folder, *arguments):
    out, err = StringIO(), StringIO()
    try:
        call_command("load_manual", *arguments, f"--folder={folder}", stdout=out, stderr=err)
    except CommandError as error:
        return f"{out.getvalue()}{err.getvalue()}{error}", error.returncode
    return out.getvalue(), 0


def rewrite(folder, path, old, new):
    file = folder / path
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


def edit(page, **fields):
    """Change a page as an editor does."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def english(key="m01-1"):
    return ChapterPage.objects.get(translation_key=translation_key(key), locale__language_code="en")


def words_of(page):
    return str(page.body.get_prep_value())


def test_load_makes_the_tree_of_each_language(folder, homes):
    said, code = load(folder)

    assert code == 0
    assert "7 created." in said
    assert [page.get_parent().specific for page in ManualPage.objects.order_by("path")] == [homes["en"], homes["ro"]]
    assert ModulePage.objects.filter(live=True).count() == 2
    page = english()
    assert page.get_parent().specific.key == "m01"
    assert (page.title, page.number, page.minutes) == ("Chapter 1.1", "1.1", 48)
    assert {tag.name for tag in page.tags.all()} == {"consent", "definition"}
    assert page.latest_revision
    assert page.first_published_at
    assert page.get_translations().get().specific.title == "Cele trei elemente"


def test_load_twice_changes_nothing(folder):
    load(folder)
    before = Revision.objects.count()

    said, code = load(folder)

    assert (code, Revision.objects.count()) == (0, before)
    assert said == "7 unchanged.\n"


def test_changed_file_updates_its_page_and_no_other(folder):
    load(folder)
    before = Revision.objects.count()
    ids = [block.id for block in english().body]
    rewrite(folder, "en/m01/m01-1.md", "Text.", "Other text.")

    said, code = load(folder)

    assert code == 0
    assert "updated    en/m01/m01-1.md" in said
    assert Revision.objects.count() == before + 1
    assert "Other text." in words_of(english())
    assert [block.id for block in english().body] == ids


def test_new_file_becomes_a_page_below_what_is_there(folder):
    load(folder)
    write_files(folder, {"en/m01/m01-3.md": chapter_file("m01-3", "1.3")})

    said, _code = load(folder)

    assert "1 created, 7 unchanged." in said
    assert english("m01-3").get_parent() == english().get_parent()


def test_page_an_editor_changed_is_left(folder):
    load(folder)
    edit(english(), title="Edited")

    said, code = load(folder)

    assert code == 0
    assert "kept       en/m01/m01-1.md" in said
    assert english().title == "Edited"


def test_draft_an_editor_has_not_published_is_left(folder):
    load(folder)
    page = english()
    page.title = "Draft"
    page.save_revision()

    said, _code = load(folder)

    assert "kept       en/m01/m01-1.md" in said
    assert english().get_latest_revision_as_object().title == "Draft"


def test_file_and_page_both_changed_are_left_and_told_with_both_dates(folder):
    load(folder)
    edit(english(), title="Edited")
    rewrite(folder, "en/m01/m01-1.md", "Text.", "Other text.")

    said, code = load(folder)

    assert code == 1
    assert "conflict   en/m01/m01-1.md – file changed 20" in said
    assert ", page changed 20" in said
    assert english().title == "Edited"
    assert "Other" not in words_of(english())


def test_take_file_replaces_what_the_editor_wrote(folder):
    load(folder)
    edit(english(), title="Edited")
    rewrite(folder, "en/m01/m01-1.md", "Text.", "Other text.")

    _said, code = load(folder, "--take", "file", "m01-1")

    assert code == 0
    assert (english().title, "Other text." in words_of(english())) == ("Chapter 1.1", True)


def test_take_page_writes_the_file(folder):
    load(folder)
    edit(english(), title="Edited")
    rewrite(folder, "en/m01/m01-1.md", "Text.", "Other text.")

    _said, code = load(folder, "--take", "page", "m01-1")

    file = (folder / "en/m01/m01-1.md").read_text()
    assert code == 0
    assert "title: Edited" in file
    assert "Other text." not in file
    assert load(folder)[0] == "7 unchanged.\n"


def test_broken_file_refuses_the_whole_run(folder):
    rewrite(folder, "ro/m01/m01-1.md", "Asistență.", "::: wisdom\nx\n:::")

    said, code = load(folder)

    assert code == 1
    assert "ro/m01/m01-1.md:13: unknown directive “wisdom”" in said
    assert not ManualPage.objects.exists()
    assert not LoadedFile.objects.exists()


@pytest.mark.parametrize(
    ("path", "content", "message"),
    [
        ("en/m01/x.md", chapter_file("m01-1", "1.9", slug="x"), "the key “m01-1” is used by another file"),
        ("en/m01/x.md", chapter_file("m01-9", "1.9", slug="chapter-1-1"), "the slug “chapter-1-1” is used twice"),
        ("en/m02/x.md", chapter_file("m02-1", "2.1"), "there is no m02/module.md"),
        (
            "en/m01/x.md",
            chapter_file("x", "1.9", "[a](manual:m99)\n"),
            "x.md:11: the link “manual:m99” leads to no page",
        ),
        ("en/m01/x.md", chapter_file("x", "1.9", "[a](manual:m01-1#no)\n"), "leads to no section of that page"),
    ],
)
def test_files_that_do_not_fit_together_are_refused(folder, path, content, message):
    write_files(folder, {path: content})

    said, code = load(folder)

    assert code == 1
    assert message in said
    assert not ManualPage.objects.exists()


def test_file_that_is_not_utf8_is_refused_with_its_line(folder):
    (folder / "en/m01/m01-1.md").write_bytes(b"---\nkey: \xff\n")

    assert "en/m01/m01-1.md:2: this file is not UTF-8" in load(folder)[0]


def test_check_shows_a_table_and_writes_nothing(folder):
    said, code = load(folder, "--check")

    assert code == 0
    assert "en/m01/m01-1.md" in said
    assert "7 files are sound." in said
    assert not ManualPage.objects.exists()


def test_missing_home_page_is_said_clearly(folder, homes):
    homes["ro"].delete()

    said, code = load(folder)

    assert code == 1
    assert "There is no home page in Română" in said
    assert not ManualPage.objects.exists()


def test_page_in_the_way_of_a_new_one_is_said_clearly(folder, homes):
    load(folder, "--language=en")
    page = english()
    page.copy(update_attrs={"slug": "chapter-1-3"})
    write_files(folder, {"en/m01/m01-3.md": chapter_file("m01-3", "1.3")})

    said, code = load(folder)

    assert code == 1
    assert "en/m01/m01-3.md: The slug" in said


def test_copied_page_gets_a_key_of_its_own(folder):
    load(folder)
    page = english()

    copied = page.copy(update_attrs={"slug": "copied"})

    assert copied.key != page.key
    assert copied.translation_key == translation_key(copied.key)


def test_page_copied_for_translation_keeps_the_key(folder, homes):
    load(folder)
    page = english("m01-2")

    copied = page.copy_for_translation(homes["ro"].locale)

    assert (copied.key, copied.translation_key) == (page.key, page.translation_key)


def test_the_manual_in_the_repository_loads(homes):
    out = StringIO()

    call_command("load_manual", stdout=out)

    assert "conflict" not in out.getvalue()
    assert english().body[0].block_type == "aims"
    assert english().get_translations().filter(locale__language_code="ro").exists()
