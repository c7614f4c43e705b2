"""What a trainee's own pages show: where to go on, what is asked, and why it is not enough yet."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts.models import User
from accounts.selectors import joined, parted
from courses.models import CohortTrainer, Completion, Enrolment, Evidence
from courses.progress import Demand, EvidenceKind, Fact, Progress, Verdict, evaluate
from courses.selectors.standing import plan_of, rule_from_json
from manual.selectors import Entry

Find = Callable[[frozenset[str]], dict[str, Entry]]  # finds chapters by translation key


class Row(NamedTuple):
    """What a page needs of a piece of evidence."""

    kind: str
    subject: UUID
    amount: Decimal
    when: datetime


@dataclass(frozen=True)
class ChapterLine:
    """A chapter that is asked for, in the reader's language where it exists, with the day it was marked as read."""

    subject: str
    page: Entry | None
    read: datetime | None


@dataclass(frozen=True)
class Ask:
    """One demand with what a page needs to explain it."""

    verdict: Verdict
    chapters: tuple[ChapterLine, ...] = ()

    @property
    def kind(self) -> str:
        return self.verdict.demand.kind.value

    @property
    def chapters_to_go(self) -> list[ChapterLine]:
        return [line for line in self.chapters if not line.read]


@dataclass(frozen=True)
class Learning:
    """One enrolment as its trainee sees it."""

    enrolment: Enrolment
    progress: Progress
    asks: tuple[Ask, ...]
    completed: datetime | None
    trainers: tuple[str, ...]
    today: date

    @property
    def next_chapter(self) -> Entry | None:
        """The first chapter asked for that is not read yet, in the order of the rule."""
        to_go = (line.page for ask in self.asks for line in ask.chapters_to_go if line.page)
        return next(to_go, None)

    @property
    def to_go(self) -> int:
        return len(self.asks) - self.progress.met_count

    @property
    def days_left(self) -> int:
        return (self.enrolment.cohort.ends - self.today).days


def my_learning(user: User, find: Find) -> list[Learning]:
    """Give every open enrolment of a person, newest first; the number of queries does not grow with the course."""
    open_places = _with_ends_and_trainers().filter(user=user, left__isnull=True)
    return _learnings(open_places.order_by("-cohort__starts", "-pk"), find)


def learning_of(uuid: str, find: Find) -> Learning | None:
    """Give one enrolment as its trainee sees it."""
    return next(iter(_learnings(_with_ends_and_trainers().filter(uuid=uuid), find)), None)


@cache
def _with_ends_and_trainers() -> QuerySet[Enrolment]:
    """Put the question together once; it is asked for the page that trainees open most."""
    completions = Completion.objects.filter(enrolment=OuterRef("pk"), withdrawn__isnull=True)
    trainers = CohortTrainer.objects.filter(cohort=OuterRef("cohort"))
    places = Enrolment.objects.select_related("cohort__course", "user").prefetch_related("cohort__planned_sessions")
    return places.annotate(
        completed=Subquery(completions.values("completed")), trainer_names=joined(trainers, "user__name")
    )


def _learnings(places: QuerySet[Enrolment], find: Find) -> list[Learning]:
    """Judge places: three queries, and what `find` has to ask for the chapters."""
    enrolments = list(places)
    evidence: dict[int, list[Row]] = {enrolment.pk: [] for enrolment in enrolments}
    columns = ("kind", "subject", "amount", "when")
    for pk, *row in Evidence.objects.filter(enrolment__in=evidence).order_by("pk").values_list("enrolment", *columns):
        evidence[pk].append(Row(*row))
    rules = {enrolment.pk: rule_from_json(enrolment.cohort.rule) for enrolment in enrolments}
    chapters = find(_chapters_asked(rules.values()))
    return [_learning(place, rules[place.pk], evidence[place.pk], chapters) for place in enrolments]


def _learning(
    enrolment: Enrolment, demands: Sequence[Demand], evidence: Sequence[Row], chapters: dict[str, Entry]
) -> Learning:
    facts = [Fact(EvidenceKind(row.kind), str(row.subject), row.amount) for row in evidence]
    now = timezone.now()
    progress = evaluate(demands, facts, plan_of(enrolment.cohort), now)
    read = {str(row.subject): row.when if row.amount else None for row in evidence if row.kind == EvidenceKind.READING}
    asks = tuple(Ask(verdict, chapter_lines(verdict.demand, chapters, read)) for verdict in progress.verdicts)
    trainers = tuple(sorted(parted(enrolment.trainer_names)))
    return Learning(enrolment, progress, asks, enrolment.completed, trainers, timezone.localdate(now))


def chapter_lines(
    demand: Demand, chapters: dict[str, Entry], read: dict[str, datetime | None]
) -> tuple[ChapterLine, ...]:
    """Lay out the chapters of a reading demand in the order of the rule."""
    if demand.kind is not EvidenceKind.READING:
        return ()
    return tuple(ChapterLine(subject, chapters.get(subject), read.get(subject)) for subject in demand.subjects)


def _chapters_asked(rules: Iterable[Sequence[Demand]]) -> frozenset[str]:
    return frozenset(
        subject
        for rule in rules
        for demand in rule
        if demand.kind is EvidenceKind.READING
        for subject in demand.subjects
    )
