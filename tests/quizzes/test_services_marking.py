import datetime as dt
from decimal import Decimal

from django.core.management import call_command
from django.utils import timezone

import pytest

from courses.models import Completion, Evidence
from courses.services import leave
from manual.text import translation_key
from quizzes import services
from quizzes.models import Attempt, Grade
from quizzes.selectors import reviewed_lines, standings
from quizzes.services import QuizError
from tests.factories.courses import enrolment_of
from tests.factories.quizzes import (
    answer,
    answer_all,
    attempt_of,
    cohort_asking,
    finished_attempt,
    lay_out_quiz,
    question_file,
    right_choices,
)

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def submit(attempt):
    return services.submit_attempt(attempt=attempt, by=attempt.enrolment.user)


def evidence_of(place):
    return [(row.subject, row.amount) for row in Evidence.objects.filter(enrolment=place).order_by("pk")]


def test_submit_closes_marks_and_reports_to_the_course(attempt, place):
    answer_all(attempt, right=2)

    grade = submit(attempt)

    assert grade.percent == Decimal("50.00")
    assert evidence_of(place) == [(translation_key("m01-quiz"), Decimal("50.00"))]
    assert Attempt.objects.get().state == "closed"
    assert not Completion.objects.exists()


def test_passing_completes_a_course_that_asks_for_nothing_else(attempt, place):
    answer_all(attempt, right=3)

    submit(attempt)

    assert Completion.objects.get().enrolment == place


def test_partial_credit_is_exact(attempt, place):
    for item in attempt.items.all():
        if item.paper["kind"] == "several":
            answer(attempt, item.position, right_choices(item)[:1])

    several = [item for item in attempt.items.all() if item.paper["kind"] == "several"]
    grade = submit(attempt)

    assert grade.percent == Decimal(len(several)) / 2 / 4 * 100
    assert {row["score"] for row in grade.verdicts} <= {"0", "1/2"}


def test_submitting_twice_gives_the_same_grade(attempt, place):
    first = submit(attempt)

    assert submit(Attempt.objects.get()) == first
    assert Grade.objects.count() == 1
    assert len(evidence_of(place)) == 1


def test_submitting_a_stale_copy_of_the_attempt_marks_it_once(attempt):
    stale = Attempt.objects.get()
    first = submit(attempt)

    assert submit(stale) == first
    assert Grade.objects.count() == 1


@pytest.mark.parametrize(("rule", "reported"), [("best", ["75.00", "75.00"]), ("last", ["75.00", "25.00"])])
def test_grade_reported_follows_the_rule_of_the_quiz(homes, ana, rule, reported):
    quiz = lay_out_quiz(homes, said=question_file(rule=rule, pause_hours=0))
    place = enrolment_of(ana, cohort_asking(quiz, threshold=100))

    finished_attempt(place, quiz, right=3)
    finished_attempt(place, quiz, right=1)

    assert [str(amount) for _, amount in evidence_of(place)] == reported
    assert standings([place], "en")[place.pk][0].percent == Decimal(reported[-1])


def test_grade_keeps_the_rule_as_it_was_seen(attempt):
    answer_all(attempt, right=4)

    assert submit(attempt).rule == {"counts": "best", "pass_mark": 70, "counted": "100.00"}


def test_pass_mark_is_what_the_cohort_asks(homes, ana):
    quiz = lay_out_quiz(homes, said=question_file(pause_hours=0))
    place = enrolment_of(ana, cohort_asking(quiz, threshold=80))

    finished_attempt(place, quiz, right=3)

    standing = standings([place], "en")[place.pk][0]
    assert (standing.percent, standing.pass_mark, standing.passed) == (Decimal("75.00"), 80, False)


def test_somebody_else_cannot_submit(attempt, mihai):
    with pytest.raises(QuizError) as refusal:
        services.submit_attempt(attempt=attempt, by=mihai)

    assert refusal.value.code == "not_yours"


def test_who_has_left_cannot_submit(attempt):
    leave(enrolment=attempt.enrolment, by=attempt.enrolment.user)
    attempt.enrolment.refresh_from_db()

    with pytest.raises(QuizError) as refusal:
        submit(attempt)

    assert refusal.value.code == "left"
    assert Attempt.objects.get().is_open


def test_review_names_what_was_chosen_what_is_right_and_why(attempt):
    answer_all(attempt, right=3)
    grade = submit(attempt)

    lines = reviewed_lines(attempt, grade)

    assert [line.is_right for line in lines] == [True, True, True, False]
    wrong = lines[3]
    assert len(wrong.chosen) == 1
    assert wrong.chosen != wrong.right
    assert wrong.feedback[0].startswith("CANARY-feedback")
    assert wrong.explanation.startswith("CANARY-explanation")
    assert wrong.label in {"1.1, The elements", "1.2, Forms"}


def test_overdue_attempt_is_marked_with_what_came_in_time(homes, ana):
    quiz = lay_out_quiz(homes, said=question_file(time_limit=30))
    attempt = attempt_of(enrolment_of(ana, cohort_asking(quiz)), quiz, now=NOW)
    item = attempt.items.get(position=1)
    answer(attempt, 1, right_choices(item), received=NOW + dt.timedelta(minutes=5))
    answer(attempt, 1, [], sequence=2, received=NOW + dt.timedelta(minutes=45))

    grade = services.close_overdue(attempt=attempt, now=NOW + dt.timedelta(hours=2))

    assert grade.percent == Decimal("25.00")
    assert grade.graded == NOW + dt.timedelta(minutes=30)


def test_marking_takes_few_queries(attempt, django_assert_max_num_queries):
    answer_all(attempt, right=2)
    fresh = Attempt.objects.select_related("enrolment__cohort", "enrolment__user", "quiz").get()

    with django_assert_max_num_queries(13):
        submit(fresh)


def test_command_closes_what_nobody_came_back_to(homes, ana, mihai, capsys):
    quiz = lay_out_quiz(homes, said=question_file(time_limit=30))
    cohort, now = cohort_asking(quiz), timezone.now()
    overdue = attempt_of(enrolment_of(ana, cohort), quiz, now=now - dt.timedelta(hours=1))
    in_time = attempt_of(enrolment_of(mihai, cohort), quiz, now=now)

    call_command("close_overdue_attempts")

    assert capsys.readouterr().out == "1 attempts closed.\n"
    assert dict(Attempt.objects.values_list("pk", "state")) == {overdue.pk: "closed", in_time.pk: "open"}
    assert overdue.grades.count() == 1
