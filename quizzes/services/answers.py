"""An answer is saved: once for each event, never over a newer one, and only while the attempt is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from quizzes.models import AnswerEvent, Attempt, AttemptItem
from quizzes.questions import Kind
from quizzes.selectors.papers import answered_items
from quizzes.services.errors import QuizError
from quizzes.services.marking import GRACE

HIGHEST_SEQUENCE = 2**31 - 1


@dataclass(frozen=True)
class SavedAnswer:
    """What became of an answer, and the answer that counts for its question now."""

    outcome: str
    received: datetime
    chosen: tuple[str, ...]
    sequence: int


@transaction.atomic
def save_answer(
    *,
    attempt_uuid: UUID,
    by: User,
    position: int,
    choices: Sequence[str],
    event_id: UUID,
    sequence: int,
    received: datetime | None = None,
) -> SavedAnswer:
    """Keep an answer; the same event twice is one answer, and an older one never replaces a newer one.

    What comes too late or too old is kept in the ledger and not counted; the outcome says so.

    Raises QuizError `not_found`, `left`, `unknown_choice`, `one_choice`, `bad_sequence`, `event_reused`.
    """
    received = received or timezone.now()
    attempt = _lock(attempt_uuid, by)
    item = _item(attempt, position, event_id)
    chosen = _checked(item, choices)
    if not 0 < sequence <= HIGHEST_SEQUENCE:
        raise QuizError("bad_sequence", _("The answer has no place in the order of answers."))
    if item.earlier is not None:
        return _again(attempt, item, chosen, event_id)
    outcome = _outcome(attempt, item, sequence, received)
    AnswerEvent.objects.create(
        attempt=attempt,
        item=item,
        event_id=event_id,
        sequence=sequence,
        choices=chosen,
        received=received,
        outcome=outcome,
    )
    if outcome == AnswerEvent.Outcome.SAVED:
        return SavedAnswer(outcome, received, tuple(chosen), sequence)
    return SavedAnswer(outcome, received, tuple(item.chosen or ()), item.sequence or 0)


def _lock(attempt_uuid: UUID, by: User) -> Attempt:
    """Hold the attempt, so that answers come one after the other and none slips in behind the marking."""
    attempt = (
        Attempt.objects.select_for_update(of=("self",))
        .select_related("enrolment")
        .filter(uuid=attempt_uuid, enrolment__user=by)
        .first()
    )
    if attempt is None:
        raise QuizError("not_found", _("There is no such attempt."))
    if attempt.enrolment.left is not None:
        raise QuizError("left", _("You have left this cohort."))
    return attempt


def _item(attempt: Attempt, position: int, event_id: UUID) -> AttemptItem:
    # The same query asks whether this event was here before, on whatever question.
    earlier = AnswerEvent.objects.filter(attempt=OuterRef("attempt"), event_id=event_id)
    item = (
        answered_items(attempt)
        .defer("key")
        .annotate(earlier=Subquery(earlier.values("pk")[:1]))
        .filter(position=position)
        .first()
    )
    if item is None:
        raise QuizError("not_found", _("There is no such question."))
    return item


def _checked(item: AttemptItem, choices: Sequence[str]) -> list[str]:
    """Give the choices in the order they were served, each once."""
    offered = [option["id"] for option in item.paper["options"]]
    if not set(choices) <= set(offered):
        raise QuizError("unknown_choice", _("One of the choices does not belong to this question."))
    chosen = [option for option in offered if option in choices]
    if item.paper["kind"] == Kind.SINGLE and len(chosen) > 1:
        raise QuizError("one_choice", _("Choose one answer."))
    return chosen


def _again(attempt: Attempt, item: AttemptItem, chosen: list[str], event_id: UUID) -> SavedAnswer:
    event = AnswerEvent.objects.get(attempt=attempt, event_id=event_id)
    if event.item_id != item.pk or event.choices != chosen:
        raise QuizError("event_reused", _("This answer carries the name of another one."))
    return SavedAnswer(event.outcome, event.received, tuple(item.chosen or ()), item.sequence or 0)


def _outcome(attempt: Attempt, item: AttemptItem, sequence: int, received: datetime) -> AnswerEvent.Outcome:
    if not attempt.is_open or (attempt.deadline is not None and received > attempt.deadline + GRACE):
        return AnswerEvent.Outcome.LATE
    if sequence <= (item.sequence or 0):
        return AnswerEvent.Outcome.OLDER
    return AnswerEvent.Outcome.SAVED
