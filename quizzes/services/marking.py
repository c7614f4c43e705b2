"""An attempt ends: it is marked, and what counts is reported to the course."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.progress import EvidenceKind
from courses.services import record_evidence
from manual.text import translation_key
from quizzes import grading, selectors
from quizzes.models import Attempt, Grade
from quizzes.questions import GradeRule
from quizzes.selectors.papers import answered_items, asked_of
from quizzes.services.errors import QuizError

# What was under way when the time ran out still counts.
GRACE = timedelta(seconds=30)


@transaction.atomic
def submit_attempt(*, attempt: Attempt, by: User, now: datetime | None = None) -> Grade:
    """Close an attempt, mark it, and report what counts; saying it twice gives the same grade.

    Raises QuizError `not_yours` and `left`.
    """
    if attempt.enrolment.user_id != by.pk:
        raise QuizError("not_yours", _("This attempt belongs to somebody else."))
    if attempt.enrolment.left is not None and attempt.is_open:
        raise QuizError("left", _("You have left this cohort."))
    return _close(attempt, by, now or timezone.now())


@transaction.atomic
def close_overdue(*, attempt: Attempt, now: datetime | None = None) -> Grade | None:
    """Close an attempt whose time is over, with what was answered in time."""
    now = now or timezone.now()
    if not is_overdue(attempt, now) or attempt.enrolment.left is not None:
        return None
    return _close(attempt, attempt.enrolment.user, attempt.deadline)


def is_overdue(attempt: Attempt, now: datetime) -> bool:
    """Whether the time of an open attempt is over, the seconds of grace included."""
    return attempt.is_open and attempt.deadline is not None and now > attempt.deadline + GRACE


def _close(attempt: Attempt, by: User, now: datetime) -> Grade:
    # The update decides between two submits, and waits for an answer that is being saved.
    won = Attempt.objects.filter(pk=attempt.pk, state=Attempt.State.OPEN).update(state=Attempt.State.CLOSED, closed=now)
    if not won:
        return Grade.objects.filter(attempt=attempt).latest("pk")
    attempt.state, attempt.closed = Attempt.State.CLOSED, now
    items = list(answered_items(attempt))
    result = grading.grade([asked_of(item) for item in items], {item.position: item.chosen or () for item in items})
    amount = _counted(attempt, result.percent)
    grade = Grade.objects.create(
        attempt=attempt,
        percent=result.percent,
        rule={
            "counts": attempt.quiz.rule,
            "pass_mark": selectors.pass_mark(attempt.enrolment, attempt.quiz),
            "counted": str(amount),
        },
        verdicts=[
            {"position": verdict.position, "score": str(verdict.score), "answered": verdict.answered}
            for verdict in result.verdicts
        ],
        graded=now,
        graded_by=by,
    )
    record_evidence(
        enrolment=attempt.enrolment,
        kind=EvidenceKind.QUIZ,
        subject=translation_key(attempt.quiz.key),
        amount=amount,
        recorded_by=by,
        when=now,
    )
    return grade


def _counted(attempt: Attempt, percent: Decimal) -> Decimal:
    """Give what counts under the quiz's rule, with this grade as that of the newest attempt."""
    before = (
        selectors.attempts_with_percent()
        .filter(enrolment=attempt.enrolment_id, quiz=attempt.quiz_id, number__lt=attempt.number)
        .order_by("number")
        .values_list("percent", flat=True)
    )
    return grading.counted(GradeRule(attempt.quiz.rule), [*before, percent])
