"""manage.py export_manual: the manual as files, which loaded again change nothing."""

from io import StringIO

from django.core.management import call_command

from wagtail.models import Revision

import pytest

from manual.models import ChapterPage, GlossaryTerm
from manual.text import translation_key
from quizzes.models import Question
from tests.factories.manual import ChapterPageFactory, chapter_file, module_file, published, write_files
from tests.manual.test_glossary import AENDRING, REFERRAL, write_glossary
from tests.manual.test_loading import load
from tests.manual.test_text import EVERY_BLOCK

pytestmark = pytest.mark.django_db

QUESTIONS = """\
quiz:
  key: m01-quiz
  title: "What trafficking is: the quiz"
  draw: 1
  threshold: 70
  pause_hours: 24
questions:
  - key: m01-q01
    use: test
    kind: several
    chapter: m01-1
    anchor: child
    tags: [definition, "pre-post"]
    prompt: "Which are “means”: all that fit?"
    options:
      - {key: a, right: true, text: "Deception # with a sign"}
      - {key: b, text: "A ticket", feedback: "That is an act: \\"transport\\"."}
      - {key: c, right: true, text: "Threat"}
    feedback: "Means say how."
"""
ROMANIAN = """\
quiz: {key: m01-quiz, title: "Testul"}
questions:
  - key: m01-q01
    prompt: "Ce este un mijloc?"
    options:
      - {key: a, text: "Înșelarea"}
      - {key: b, text: "Un bilet", feedback: "Aceasta este o acțiune."}
      - {key: c, text: "Amenințarea"}
"""


@pytest.fixture
def folder(tmp_path, homes):
    files = {
        "en/m01/module.md": module_file(),
        "en/m01/m01-1.md": chapter_file(body="## Child {#child}\n\nText.\n", tags="[consent]"),
        "en/m01/questions.yaml": QUESTIONS,
        "ro/m01/module.md": module_file(title="Ce este traficul"),
        "ro/m01/m01-1.md": chapter_file(body="## Copil {#child}\n\nAsistență.\n"),
        "ro/m01/questions.yaml": ROMANIAN,
    }
    forms = {"en": REFERRAL["en"] | {"forms": ["warm referrals"]}}
    folder = write_glossary(write_files(tmp_path / "content", files), AENDRING, REFERRAL | forms)
    load(folder)
    return folder


def export(folder):
    out = StringIO()
    call_command("export_manual", f"--folder={folder}", stdout=out)
    return out.getvalue()


def state():
    return Revision.objects.count(), list(Question.objects.values()), list(GlossaryTerm.objects.values())


def files_of(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_exported_files_loaded_again_change_nothing(folder, tmp_path):
    before = state()

    said = export(tmp_path / "out")
    again, code = load(tmp_path / "out")

    assert files_of(tmp_path / "out") == files_of(folder)
    assert f"9 files were written to {tmp_path / 'out'}." in said
    assert (code, again) == (0, "13 unchanged.\n")
    assert state() == before


def test_what_an_editor_wrote_comes_out_as_a_file(folder, tmp_path):
    parent = ChapterPage.objects.get(translation_key=translation_key("m01-1"), locale__language_code="en").get_parent()
    published(
        ChapterPageFactory(parent=parent, key="page-abc", number="1.2", slug="new", body=EVERY_BLOCK, summary="One.")
    )

    export(tmp_path / "out")

    said = (tmp_path / "out" / "en" / "m01" / "page-abc.md").read_text()
    assert "key: page-abc" in said
    assert "::: law" in said


def test_export_into_the_folder_it_came_from_keeps_the_listed_forms(folder):
    export(folder)

    assert "warm referrals" in (folder / "rules" / "glossary.yaml").read_text()


def test_folder_that_cannot_be_written_is_named(folder, tmp_path):
    (tmp_path / "out").write_text("a file, not a folder")

    with pytest.raises(Exception, match="cannot be written"):
        export(tmp_path / "out")
