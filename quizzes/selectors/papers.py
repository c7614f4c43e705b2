"""What was served and what was answered: an attempt's paper while it is open, and all of it once it is closed."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cache

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from quizzes.grading import Asked
from quizzes.models import AnswerEvent, Attempt, AttemptItem, Grade
from quizzes.questions import Kind


@dataclass(frozen=True)
class Line:
    """One question of an open attempt: what the trainee sees, and the answer that counts so far."""

    position: int
    paper: dict
    chosen: tuple[str, ...]
    sequence: int
    saved: datetime | None

    @property
    def is_answered(self) -> bool:
        return bool(self.chosen)

    @property
    def takes_several(self) -> bool:
        return self.paper["kind"] == Kind.SEVERAL


@dataclass(frozen=True)
class Reviewed:
    """One question of a closed attempt, with what was right and why."""

    position: int
    prompt: str
    chosen: tuple[str, ...]
    right: tuple[str, ...]
    feedback: tuple[str, ...]
    explanation: str
    score: Fraction
    answered: bool
    chapter_key: str
    anchor: str
    label: str

    @property
    def is_right(self) -> bool:
        return self.score == 1

    @property
    def is_partly_right(self) -> bool:
        return 0 < self.score < 1


def attempts_with_percent() -> QuerySet[Attempt]:
    """Give attempts with `percent`, the latest grade of each."""
    return _with_percent().all()


@cache
def _with_percent() -> QuerySet[Attempt]:
    """Put the question together once; every chapter with a quiz beside it asks it."""
    latest = Grade.objects.filter(attempt=OuterRef("pk")).order_by("-pk").values("percent")[:1]
    return Attempt.objects.annotate(percent=Subquery(latest))


def overdue_attempts() -> QuerySet[Attempt]:
    """Give the open attempts whose deadline is over; the seconds of grace are for who closes them to know."""
    return Attempt.objects.filter(
        state=Attempt.State.OPEN, deadline__lt=timezone.now(), enrolment__left__isnull=True
    ).select_related("enrolment__cohort", "enrolment__user", "quiz")


def answered_items(attempt: Attempt) -> QuerySet[AttemptItem]:
    """Give the items of an attempt in order, each with the answer that counts: one query."""
    latest = AnswerEvent.objects.filter(item=OuterRef("pk"), outcome=AnswerEvent.Outcome.SAVED).order_by("-sequence")
    return (
        AttemptItem.objects.filter(attempt=attempt)
        .annotate(
            chosen=Subquery(latest.values("choices")[:1]),
            sequence=Subquery(latest.values("sequence")[:1]),
            saved=Subquery(latest.values("received")[:1]),
        )
        .order_by("position")
    )


def lines_of(attempt: Attempt) -> list[Line]:
    """Give the paper of an attempt with the answers so far; what is right is not even read."""
    return [
        Line(item.position, item.paper, tuple(item.chosen or ()), item.sequence or 0, item.saved)
        for item in answered_items(attempt).defer("key")
    ]


def asked_of(item: AttemptItem) -> Asked:
    """Give what marks an item."""
    return Asked(item.position, Kind(item.paper["kind"]), frozenset(item.key["right"]))


def reviewed_lines(attempt: Attempt, grade: Grade) -> list[Reviewed]:
    """Give a closed attempt question by question, in the order it was served, with the verdicts of a grade."""
    verdicts = {row["position"]: row for row in grade.verdicts}
    return [_reviewed(item, verdicts[item.position]) for item in answered_items(attempt)]


def _reviewed(item: AttemptItem, verdict: dict) -> Reviewed:
    chosen, key = set(item.chosen or ()), item.key
    options = item.paper["options"]
    return Reviewed(
        position=item.position,
        prompt=item.paper["prompt"],
        chosen=tuple(option["text"] for option in options if option["id"] in chosen),
        right=tuple(option["text"] for option in options if option["id"] in key["right"]),
        feedback=tuple(
            key["feedback"][option["id"]]
            for option in options
            if option["id"] in chosen and option["id"] in key["feedback"]
        ),
        explanation=key["explanation"],
        score=Fraction(verdict["score"]),
        answered=verdict["answered"],
        chapter_key=key["chapter"],
        anchor=key["anchor"],
        label=key["label"],
    )
