import datetime as dt
import uuid

from django.utils import timezone

import pytest

from courses.services import leave
from quizzes import services
from quizzes.models import AnswerEvent
from quizzes.selectors import lines_of
from quizzes.services import QuizError
from tests.factories.courses import enrolment_of
from tests.factories.quizzes import answer, attempt_of, cohort_asking, lay_out_quiz, question_file


def options_of(attempt, position=1):
    return [option["id"] for option in attempt.items.get(position=position).paper["options"]]


def single(attempt):
    """The place of a question with one right answer."""
    return next(item.position for item in attempt.items.all() if item.paper["kind"] == "single")


def several(attempt):
    return next(item.position for item in attempt.items.all() if item.paper["kind"] == "several")


def stored(attempt):
    return [(event.outcome, event.sequence, event.choices) for event in attempt.events.order_by("pk")]


def test_answer_is_kept(attempt):
    chosen = options_of(attempt)[:1]

    saved = answer(attempt, 1, chosen)

    assert (saved.outcome, saved.chosen, saved.sequence) == ("saved", tuple(chosen), 1)
    assert lines_of(attempt)[0].chosen == tuple(chosen)


def test_same_event_twice_is_one_answer(attempt):
    chosen, event = options_of(attempt)[:1], uuid.uuid4()
    first = answer(attempt, 1, chosen, event_id=event)

    second = answer(attempt, 1, chosen, event_id=event)

    assert second == first
    assert len(stored(attempt)) == 1


def test_event_id_with_another_answer_is_refused(attempt):
    event = uuid.uuid4()
    answer(attempt, 1, options_of(attempt)[:1], event_id=event)

    with pytest.raises(QuizError) as refusal:
        answer(attempt, 1, options_of(attempt)[1:2], event_id=event, sequence=2)

    assert refusal.value.code == "event_reused"


def test_newer_answer_replaces_an_older_one_and_both_stay(attempt):
    one, two = options_of(attempt)[:2]
    answer(attempt, 1, [one], sequence=1)

    answer(attempt, 1, [two], sequence=2)

    assert lines_of(attempt)[0].chosen == (two,)
    assert stored(attempt) == [("saved", 1, [one]), ("saved", 2, [two])]


@pytest.mark.parametrize("sequence", [1, 2], ids=["older", "same"])
def test_older_answer_is_kept_apart_and_told_what_counts(attempt, sequence):
    one, two = options_of(attempt)[:2]
    answer(attempt, 1, [two], sequence=2)

    late = answer(attempt, 1, [one], sequence=sequence)

    assert (late.outcome, late.chosen, late.sequence) == ("older", (two,), 2)
    assert lines_of(attempt)[0].chosen == (two,)
    assert stored(attempt)[-1] == ("older", sequence, [one])


def test_answers_may_arrive_in_any_order_across_questions(attempt):
    answer(attempt, 3, options_of(attempt, 3)[:1], sequence=1)
    answer(attempt, 1, options_of(attempt, 1)[:1], sequence=1)

    assert [line.is_answered for line in lines_of(attempt)] == [True, False, True, False]


def test_several_choices_are_kept_in_served_order(attempt):
    position = several(attempt)
    ids = options_of(attempt, position)

    saved = answer(attempt, position, [ids[2], ids[0], ids[2]])

    assert saved.chosen == (ids[0], ids[2])


def test_answer_can_be_taken_back(attempt):
    position = several(attempt)
    answer(attempt, position, options_of(attempt, position)[:1], sequence=1)

    answer(attempt, position, [], sequence=2)

    assert not lines_of(attempt)[position - 1].is_answered


def test_answer_after_submission_is_late_kept_and_not_counted(attempt):
    services.submit_attempt(attempt=attempt, by=attempt.enrolment.user)

    saved = answer(attempt, 1, options_of(attempt)[:1])

    assert (saved.outcome, saved.chosen) == ("late", ())
    assert stored(attempt)[0][0] == "late"
    assert attempt.grades.get().percent == 0


def test_answer_in_the_seconds_of_grace_counts_and_after_them_does_not(homes, ana):
    quiz = lay_out_quiz(homes, said=question_file(time_limit=30))
    start = timezone.now()
    attempt = attempt_of(enrolment_of(ana, cohort_asking(quiz)), quiz, now=start)
    ids = options_of(attempt)

    in_grace = answer(attempt, 1, ids[:1], received=start + dt.timedelta(minutes=30, seconds=29))
    too_late = answer(attempt, 1, ids[1:2], sequence=2, received=start + dt.timedelta(minutes=30, seconds=31))

    assert (in_grace.outcome, too_late.outcome) == ("saved", "late")


def call(attempt, **changes):
    return services.save_answer(
        **{
            "attempt_uuid": attempt.uuid,
            "by": attempt.enrolment.user,
            "position": 1,
            "choices": [],
            "event_id": uuid.uuid4(),
            "sequence": 1,
            **changes,
        }
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"attempt_uuid": uuid.uuid4()}, "not_found"),
        ({"position": 99}, "not_found"),
        ({"choices": ["a"]}, "unknown_choice"),
        ({"sequence": 0}, "bad_sequence"),
        ({"sequence": 2**31}, "bad_sequence"),
    ],
)
def test_broken_answer_is_refused_and_leaves_nothing(attempt, changes, code):
    with pytest.raises(QuizError) as refusal:
        call(attempt, **changes)

    assert refusal.value.code == code
    assert not AnswerEvent.objects.exists()


def test_option_of_another_question_is_refused(attempt):
    with pytest.raises(QuizError) as refusal:
        call(attempt, choices=options_of(attempt, 2)[:1])

    assert refusal.value.code == "unknown_choice"


def test_two_choices_where_one_is_asked_are_refused(attempt):
    position = single(attempt)

    with pytest.raises(QuizError) as refusal:
        call(attempt, position=position, choices=options_of(attempt, position)[:2])

    assert refusal.value.code == "one_choice"


def test_somebody_elses_attempt_does_not_exist(attempt, mihai):
    with pytest.raises(QuizError) as refusal:
        call(attempt, by=mihai)

    assert refusal.value.code == "not_found"


def test_who_has_left_the_cohort_saves_nothing(attempt):
    leave(enrolment=attempt.enrolment, by=attempt.enrolment.user)

    with pytest.raises(QuizError) as refusal:
        call(attempt)

    assert refusal.value.code == "left"


def test_saving_an_answer_takes_few_queries(attempt, django_assert_num_queries):
    choices, ana = options_of(attempt)[:1], attempt.enrolment.user

    with django_assert_num_queries(5):  # savepoint, attempt, question with what is there, answer, release
        call(attempt, by=ana, choices=choices)
