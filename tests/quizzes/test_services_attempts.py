import datetime as dt

from django.utils import timezone

import pytest

from courses.services import leave
from quizzes import services
from quizzes.models import Attempt, Question
from quizzes.services import QuizError
from tests.factories.courses import enrolment_of
from tests.factories.quizzes import (
    attempt_of,
    bank_of,
    cohort_asking,
    finished_attempt,
    lay_out_quiz,
    question_file,
)

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def paper_of(attempt):
    return [(item.question_key, item.paper, item.key) for item in attempt.items.order_by("position")]


def test_attempt_serves_as_many_questions_as_the_quiz_draws(place, quiz):
    attempt = attempt_of(place, quiz)

    assert [item.position for item in attempt.items.order_by("position")] == [1, 2, 3, 4]
    assert attempt.items.values("question_key").distinct().count() == 4


def test_same_seed_serves_the_same_paper_again(place, quiz, mihai, cohort):
    one = attempt_of(place, quiz, seed="0123")
    other = attempt_of(enrolment_of(mihai, cohort), quiz, seed="0123")

    assert paper_of(one) == paper_of(other)


def test_different_seeds_hide_the_same_options_under_different_ids(place, quiz, mihai, cohort):
    one, other = attempt_of(place, quiz), attempt_of(enrolment_of(mihai, cohort), quiz)

    def ids(attempt):
        return {option["id"] for item in attempt.items.all() for option in item.paper["options"]}

    assert ids(one).isdisjoint(ids(other))


def test_paper_keeps_right_answers_and_feedback_apart(attempt):
    for item in attempt.items.all():
        assert set(item.paper) == {"kind", "prompt", "read", "options"}
        assert all(set(option) == {"id", "text"} for option in item.paper["options"])
        assert item.key["right"]
        assert item.key["explanation"].startswith("CANARY-explanation")


@pytest.mark.parametrize("languages", [["en", "ro"]])
def test_attempt_is_in_the_language_asked_for(place, quiz):
    attempt = attempt_of(place, quiz, language="ro")

    assert attempt.language == "ro"
    assert attempt.title == "ro What trafficking is"
    assert all(item.paper["prompt"].startswith("ro ") for item in attempt.items.all())


@pytest.mark.parametrize("languages", [["en", "ro"]])
def test_attempt_falls_back_to_the_source_language_while_a_question_is_not_translated(place, quiz):
    Question.objects.filter(locale__language_code="ro").first().unpublish()

    attempt = attempt_of(place, quiz, language="ro")

    assert attempt.language == "en"


@pytest.mark.parametrize("languages", [["en", "ro"]])
def test_what_is_right_comes_from_the_source_even_when_a_translation_says_otherwise(place, quiz):
    for question in Question.objects.filter(locale__language_code="ro"):
        blocks = question.options.get_prep_value()
        for block in blocks:
            block["value"]["right"] = block["value"]["key"] == "d"
        question.options = question.options.stream_block.to_python(blocks)
        question.save_revision().publish()

    attempt = attempt_of(place, quiz, language="ro")

    for item in attempt.items.all():
        texts = [option["text"][-1] for option in item.paper["options"] if option["id"] in item.key["right"]]
        assert sorted(texts) in [["a"], ["a", "c"]]


def test_starting_twice_goes_on_with_the_open_attempt(place, quiz):
    assert attempt_of(place, quiz) == attempt_of(place, quiz)


def test_changed_question_does_not_reach_an_attempt_that_has_begun(attempt):
    before = paper_of(attempt)
    said = question_file()
    for item in said["questions"]:
        item["prompt"] = "Something else?"
        item["options"][0]["right"], item["options"][1]["right"] = False, True

    services.load_questions(module_key="m01", bank=bank_of(said))

    assert paper_of(attempt) == before
    pinned = attempt.items.first().revision.as_object()
    assert pinned.prompt != "Something else?"


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        (lambda place: finished_attempt(place, place.quiz, right=1, now=NOW), "pause"),
        (lambda place: leave(enrolment=place, by=place.user), "left"),
        (lambda place: place.cohort.__class__.objects.update(ends=dt.date(2026, 11, 19)), "cohort_closed"),
        (lambda place: Question.objects.update(live=False), "no_questions"),
    ],
    ids=["pause", "left", "cohort_closed", "no_questions"],
)
def test_start_is_refused(place, quiz, prepare, code):
    place.quiz = quiz
    prepare(place)

    with pytest.raises(QuizError) as refusal:
        services.start_attempt(
            enrolment=place, quiz=quiz, by=place.user, language="en", now=NOW + dt.timedelta(minutes=1)
        )

    assert refusal.value.code == code


def test_start_is_open_again_when_the_pause_is_over(place, quiz):
    finished_attempt(place, quiz, right=1, now=NOW)

    second = attempt_of(place, quiz, now=NOW + dt.timedelta(hours=24))

    assert second.number == 2


def test_start_is_refused_when_the_attempts_are_used_up(homes, ana):
    quiz = lay_out_quiz(homes, said=question_file(max_attempts=1, pause_hours=0))
    place = enrolment_of(ana, cohort_asking(quiz))
    finished_attempt(place, quiz, right=1)

    with pytest.raises(QuizError) as refusal:
        attempt_of(place, quiz)

    assert refusal.value.code == "limit"


def test_start_is_refused_when_the_course_does_not_ask(quiz, mihai):
    from tests.factories.courses import CohortFactory, RequirementFactory

    other = RequirementFactory(kind="attendance", about="", threshold=80)
    place = enrolment_of(mihai, CohortFactory(course=other.course))

    with pytest.raises(QuizError) as refusal:
        attempt_of(place, quiz)

    assert refusal.value.code == "not_asked"


def test_start_is_refused_on_somebody_elses_place(place, quiz, mihai):
    with pytest.raises(QuizError) as refusal:
        services.start_attempt(enrolment=place, quiz=quiz, by=mihai, language="en")

    assert refusal.value.code == "not_yours"


def test_cohort_ends_with_its_last_day_where_the_cohort_is(place, quiz):
    type(place.cohort).objects.update(ends=dt.date(2026, 11, 20), time_zone="Europe/Bucharest")
    place.refresh_from_db()
    almost_midnight = dt.datetime(2026, 11, 20, 21, 59, tzinfo=dt.UTC)

    assert attempt_of(place, quiz, now=almost_midnight).is_open

    Attempt.objects.filter(enrolment=place).update(state="closed", closed=NOW - dt.timedelta(days=3))
    with pytest.raises(QuizError) as refusal:
        attempt_of(place, quiz, now=almost_midnight + dt.timedelta(minutes=2))
    assert refusal.value.code == "cohort_closed"


def test_overdue_attempt_is_closed_before_a_new_one_begins(homes, ana):
    quiz = lay_out_quiz(homes, said=question_file(time_limit=30, pause_hours=0))
    place = enrolment_of(ana, cohort_asking(quiz))
    first = attempt_of(place, quiz, now=NOW)

    second = attempt_of(place, quiz, now=NOW + dt.timedelta(hours=1))

    first.refresh_from_db()
    assert (first.state, first.closed) == ("closed", NOW + dt.timedelta(minutes=30))
    assert second.number == 2
    assert first.grades.get().percent == 0


def test_attempt_within_its_time_is_not_closed(homes, ana):
    quiz = lay_out_quiz(homes, said=question_file(time_limit=30))
    attempt = attempt_of(enrolment_of(ana, cohort_asking(quiz)), quiz, now=timezone.now())

    assert services.close_overdue(attempt=attempt) is None
