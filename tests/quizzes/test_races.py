"""Four people's worth of clicks at once, with real transactions on either database."""

import threading
import uuid

from django.db import connection

import pytest

from courses.models import Evidence
from quizzes import services
from quizzes.models import AnswerEvent, Attempt, AttemptItem, Grade
from tests.factories.quizzes import attempt_of, right_choices

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds):
    """Run deeds in threads that all begin together; give what each returned or raised."""
    gate, outcomes = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place, deed):
        try:
            gate.wait(timeout=10)
            outcomes[place] = deed()
        except Exception as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, deed)) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def start(place, quiz):
    return lambda: services.start_attempt(enrolment=place, quiz=quiz, by=place.user, language="en")


def submit(attempt_id):
    def deed():
        attempt = Attempt.objects.select_related("enrolment__user", "enrolment__cohort", "quiz").get(pk=attempt_id)
        return services.submit_attempt(attempt=attempt, by=attempt.enrolment.user)

    return deed


def save(attempt, user, item, sequence, event_id=None):
    return lambda: services.save_answer(
        attempt_uuid=attempt.uuid,
        by=user,
        position=item.position,
        choices=right_choices(item),
        event_id=event_id or uuid.uuid4(),
        sequence=sequence,
    )


def test_four_starts_at_once_are_one_attempt(place, quiz):
    outcomes = at_once(*[start(place, quiz)] * 4)

    assert len({attempt.pk for attempt in outcomes}) == 1
    assert (Attempt.objects.count(), AttemptItem.objects.count()) == (1, 4)


def test_four_submits_at_once_are_one_grade(place, quiz):
    attempt = attempt_of(place, quiz)

    outcomes = at_once(*[submit(attempt.pk)] * 4)

    assert len({grade.pk for grade in outcomes}) == 1
    assert (Grade.objects.count(), Evidence.objects.count()) == (1, 1)


def test_same_event_four_times_at_once_is_one_answer(place, quiz):
    attempt = attempt_of(place, quiz)
    item, event = attempt.items.get(position=1), uuid.uuid4()

    outcomes = at_once(*[save(attempt, place.user, item, 1, event)] * 4)

    assert [saved.outcome for saved in outcomes] == ["saved"] * 4
    assert AnswerEvent.objects.count() == 1


def test_answers_racing_a_submit_are_counted_or_late_never_lost(place, quiz):
    attempt = attempt_of(place, quiz)
    items = list(attempt.items.order_by("position"))

    *saves, grade = at_once(*[save(attempt, place.user, item, 1) for item in items], submit(attempt.pk))

    outcomes = [saved.outcome for saved in saves]
    assert set(outcomes) <= {"saved", "late"}
    assert AnswerEvent.objects.count() == 4
    assert grade.percent == outcomes.count("saved") * 25
    assert AnswerEvent.objects.filter(outcome="saved").count() == outcomes.count("saved")
