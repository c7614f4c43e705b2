"""Question files become questions and quizzes, again and again, and editors' changes are met."""

from django.core.management import CommandError, call_command

import pytest
import yaml

from manual.models import ModulePage
from manual.services import Deed
from manual.text import translation_key
from quizzes import services
from quizzes.models import Attempt, Question, Quiz, QuizPage
from quizzes.services import QuizError
from tests.factories.courses import enrolment_of
from tests.factories.manual import chapter_file, module_file, write_files
from tests.factories.quizzes import (
    CHAPTER_BODY,
    SECOND_BODY,
    attempt_of,
    bank_of,
    cohort_asking,
    lay_out_manual,
    lay_out_quiz,
    question,
    question_file,
    translated,
)


def load(said, *, translation=True, **options):
    bank = bank_of(said, **({"ro": translated(said)} if translation else {}))
    return services.load_questions(module_key="m01", bank=bank, **options)


def deeds(outcomes):
    return {outcome.name: outcome.deed for outcome in outcomes if outcome.deed is not Deed.UNCHANGED}


@pytest.fixture
def languages():
    return ["en", "ro"]


@pytest.fixture
def loaded(quiz):
    return question_file()


def english(key="m01-q01"):
    return Question.objects.get(key=key, locale__language_code="en")


def test_bank_becomes_questions_a_quiz_and_its_pages(loaded):
    assert Question.objects.filter(live=True, live_revision__isnull=False).count() == 12
    assert english().translation_key == translation_key("m01-q01")
    assert sorted(tag.name for tag in english().tags.all()) == ["definition"]
    assert {page.title: page.translation_key for page in QuizPage.objects.live()} == {
        "What trafficking is": translation_key("m01-quiz"),
        "ro What trafficking is": translation_key("m01-quiz"),
    }
    assert QuizPage.objects.get(locale__language_code="ro").get_parent().specific.key == "m01"


def test_loading_twice_changes_nothing(loaded):
    before = list(Question.objects.order_by("pk").values_list("pk", "latest_revision_id"))

    assert deeds(load(loaded)) == {}
    assert list(Question.objects.order_by("pk").values_list("pk", "latest_revision_id")) == before


def test_same_files_give_the_same_names_on_another_machine(homes):
    lay_out_quiz(homes)

    assert english().translation_key == translation_key("m01-q01")
    assert Question.objects.filter(translation_key=translation_key("m01-q01")).count() == 2


def test_changed_question_is_a_new_revision(loaded):
    before = english().live_revision_id
    loaded["questions"][0]["prompt"] = "Asked better?"

    assert deeds(load(loaded)) == {"en/m01 m01-q01": Deed.UPDATED, "ro/m01 m01-q01": Deed.UPDATED}
    assert english().prompt == "Asked better?"
    assert english().live_revision_id != before


def test_changed_quiz_keeps_its_row_and_its_attempts(loaded, ana):
    quiz = Quiz.objects.get()
    attempt_of(enrolment_of(ana, cohort_asking(quiz)), quiz)
    loaded["quiz"] |= {"draw": 2, "threshold": 80}

    assert deeds(load(loaded)) == {"m01-quiz": Deed.UPDATED}
    quiz.refresh_from_db()
    assert (quiz.draw, quiz.threshold) == (2, 80)
    assert Attempt.objects.get().items.count() == 4


def edit(question, prompt="Said by an editor?"):
    draft = question.get_latest_revision_as_object()
    draft.prompt = prompt
    draft.save_revision().publish()


def test_what_an_editor_changed_is_left_while_the_file_stands_still(loaded):
    edit(english())

    assert deeds(load(loaded)) == {"en/m01 m01-q01": Deed.KEPT}
    assert english().prompt == "Said by an editor?"


@pytest.mark.parametrize(
    ("options", "deed", "prompt"),
    [
        ({}, Deed.CONFLICT, "Said by an editor?"),
        ({"prefer_files": {"m01-q01"}}, Deed.UPDATED, "Said by the file?"),
        ({"prefer_pages": {"m01-q01"}}, Deed.KEPT, "Said by an editor?"),
    ],
    ids=["undecided", "file", "page"],
)
def test_what_both_changed_waits_for_a_decision(loaded, options, deed, prompt):
    edit(english())
    loaded["questions"][0]["prompt"] = "Said by the file?"

    outcomes = deeds(load(loaded, **options))

    assert outcomes["en/m01 m01-q01"] is deed
    assert english().prompt == prompt
    again = deeds(load(loaded)).get("en/m01 m01-q01", Deed.UNCHANGED)
    assert again is {Deed.CONFLICT: Deed.CONFLICT, Deed.UPDATED: Deed.UNCHANGED, Deed.KEPT: Deed.KEPT}[deed]


def test_question_that_leaves_the_file_is_unpublished_and_comes_back(loaded):
    gone = loaded["questions"].pop(0)

    outcomes = load(loaded)

    assert not english().live
    assert [outcome.note for outcome in outcomes if outcome.name == "en/m01 m01-q01"] == [
        "unpublished, it stands in no file"
    ]
    assert deeds(load(loaded)) == {}

    loaded["questions"].insert(0, gone)
    load(loaded)
    assert english().live


def test_question_made_by_an_editor_stays(loaded):
    mine = english()
    mine.pk = mine.live_revision_id = mine.latest_revision_id = None
    mine.key, mine.translation_key = "question-1", translation_key("question-1")
    mine.save()

    assert deeds(load(loaded)) == {}
    assert Question.objects.get(key="question-1").live


def test_question_not_translated_yet_is_named_and_the_rest_loaded(homes):
    lay_out_manual(homes, "en", "ro")
    said = question_file()
    half = translated(said)
    half["questions"] = half["questions"][:5]

    outcomes = services.load_questions(module_key="m01", bank=bank_of(said, ro=half))

    assert [outcome.name for outcome in outcomes if outcome.note == "not translated yet"] == ["ro/m01 m01-q06"]
    assert Question.objects.filter(locale__language_code="ro").count() == 5


def test_quiz_waits_for_the_module_in_a_language(homes):
    lay_out_manual(homes, "en")
    said = question_file()

    outcomes = services.load_questions(module_key="m01", bank=bank_of(said, ro=translated(said)))

    assert [outcome.note for outcome in outcomes if outcome.name == "ro/m01 m01-quiz"] == [
        "the module has no page in this language yet"
    ]
    assert QuizPage.objects.count() == 1


def test_key_that_another_module_uses_is_refused_and_nothing_is_loaded(loaded):
    said = question_file()
    said["quiz"]["key"] = "m02-quiz"

    with pytest.raises(QuizError) as refusal:
        services.load_questions(module_key="m02", bank=bank_of(said))

    assert refusal.value.code == "refused"
    assert not Quiz.objects.filter(key="m02-quiz").exists()


# --- By the command -------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(homes, tmp_path):
    files = {}
    for language in ("en", "ro"):
        files[f"{language}/m01/module.md"] = module_file()
        files[f"{language}/m01/m01-1.md"] = chapter_file("m01-1", "1.1", CHAPTER_BODY)
        files[f"{language}/m01/m01-2.md"] = chapter_file("m01-2", "1.2", SECOND_BODY)
    files["en/m01/questions.yaml"] = yaml.safe_dump(question_file())
    files["ro/m01/questions.yaml"] = yaml.safe_dump(translated(question_file()))
    return write_files(tmp_path, files)


def test_command_loads_questions_with_their_module(folder, capsys):
    call_command("load_manual", folder=folder)

    assert Question.objects.count() == 12
    assert ModulePage.objects.get(locale__language_code="en").get_children().type(QuizPage).count() == 1
    assert "created    en/m01 m01-q01" in capsys.readouterr().out


def test_command_checks_without_writing(folder, capsys):
    call_command("load_manual", folder=folder, check=True)

    assert not Question.objects.exists()
    assert "m01: a bank of 6 questions (en 6, ro 6)." in capsys.readouterr().out


def test_command_refuses_a_broken_question_and_loads_nothing(folder, capsys):
    said = question_file()
    said["questions"][0] = question(1, anchor="nowhere")
    (folder / "en/m01/questions.yaml").write_text(yaml.safe_dump(said))

    with pytest.raises(CommandError):
        call_command("load_manual", folder=folder)

    assert "m01-q01: chapter “m01-1” has no section “nowhere”" in capsys.readouterr().err
    assert not ModulePage.objects.exists()
    assert not Question.objects.exists()


def test_command_ends_with_an_error_until_a_conflict_is_decided(folder):
    call_command("load_manual", folder=folder)
    edit(english())
    said = question_file()
    said["questions"][0]["prompt"] = "Said by the file?"
    (folder / "en/m01/questions.yaml").write_text(yaml.safe_dump(said))

    with pytest.raises(CommandError):
        call_command("load_manual", folder=folder)
    call_command("load_manual", folder=folder, take=[("file", "m01-q01")])

    assert english().prompt == "Said by the file?"


def test_questions_of_the_repository_are_sound():
    call_command("load_manual", check=True)
