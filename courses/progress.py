"""The rule: what is asked, what is evidenced, and whether it is enough. Knows neither Django nor the clock.

Reading of evidence: the latest fact per kind and subject counts. Percentages are rounded up in whole
minutes: 80 percent of 1,079 minutes asks for 864, because nobody may be short by a fraction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class EvidenceKind(StrEnum):
    """What kind of fact it is."""

    READING = "reading"
    QUIZ = "quiz"
    ATTENDANCE = "attendance"


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing asked: a kind, what it is about, and how much of it.

    `threshold` is a percentage: of the chapters listed, of the points of each quiz listed, or of the
    minutes planned for the cohort (an attendance demand lists nothing: the plan says what counts).
    """

    kind: EvidenceKind
    threshold: int
    subjects: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One piece of evidence: 1 for a chapter read, a percentage for a quiz, minutes for a training session."""

    kind: EvidenceKind
    subject: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Planned:
    """A training session that counts: its key, its minutes, and when it ends."""

    key: str
    minutes: int
    ends: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one demand stands: counted of asked, out of all there is, and whether it can still be met."""

    demand: Demand
    counted: int
    asked: int
    total: int
    met_subjects: tuple[str, ...]
    possible: bool = True

    @property
    def met(self) -> bool:
        return self.counted >= self.asked

    @property
    def missing(self) -> int:
        return max(self.asked - self.counted, 0)

    @property
    def started(self) -> bool:
        return self.counted > 0 or bool(self.met_subjects)


@dataclass(frozen=True, slots=True)
class Progress:
    """The verdict in the making, one line for each demand in the order they are asked."""

    verdicts: tuple[Verdict, ...]

    @property
    def complete(self) -> bool:
        """A course that asks for nothing is never completed: somebody forgot to write its rule."""
        return bool(self.verdicts) and all(verdict.met for verdict in self.verdicts)

    @property
    def met_count(self) -> int:
        return sum(verdict.met for verdict in self.verdicts)

    @property
    def possible(self) -> bool:
        return all(verdict.possible for verdict in self.verdicts)


def evaluate(
    demands: Sequence[Demand], facts: Iterable[Fact], planned: Sequence[Planned] = (), now: datetime | None = None
) -> Progress:
    """Compare what is asked with what is evidenced; `facts` come in the order they were recorded."""
    latest = latest_facts(facts)
    return Progress(tuple(_judge(demand, latest, planned, now) for demand in demands))


def latest_facts(facts: Iterable[Fact]) -> dict[tuple[EvidenceKind, str], Decimal]:
    """Keep the latest amount per kind and subject."""
    return {(fact.kind, fact.subject): fact.amount for fact in facts}


def _judge(
    demand: Demand,
    latest: Mapping[tuple[EvidenceKind, str], Decimal],
    planned: Sequence[Planned],
    now: datetime | None,
) -> Verdict:
    if demand.kind is EvidenceKind.ATTENDANCE:
        return _judge_attendance(demand, latest, planned, now)
    needed = 1 if demand.kind is EvidenceKind.READING else demand.threshold
    nothing = Decimal(-1)  # less than 0 %, which is enough where there is no pass mark
    met = tuple(subject for subject in demand.subjects if latest.get((demand.kind, subject), nothing) >= needed)
    total = len(demand.subjects)
    return Verdict(demand, counted=len(met), asked=_subjects_asked(demand), total=total, met_subjects=met)


def _subjects_asked(demand: Demand) -> int:
    """A quiz demand asks for every quiz it lists; its threshold speaks about each of them."""
    total = len(demand.subjects)
    return share(demand.threshold, total) if demand.kind is EvidenceKind.READING else total


def fewest_subjects(demand: Demand) -> int:
    """How many different subjects there must be evidence of before a demand can be met at all."""
    if demand.kind is EvidenceKind.ATTENDANCE:
        return 1 if demand.threshold else 0
    return _subjects_asked(demand)


def _judge_attendance(
    demand: Demand,
    latest: Mapping[tuple[EvidenceKind, str], Decimal],
    planned: Sequence[Planned],
    now: datetime | None,
) -> Verdict:
    counting = [session for session in planned if session.minutes > 0]
    credited = {session.key: int(latest.get((demand.kind, session.key), Decimal(0))) for session in counting}
    total = sum(session.minutes for session in counting)
    asked = share(demand.threshold, total)
    # Before anything is planned nothing can be met: an empty plan asks for at least one minute.
    asked = asked if counting else 1
    counted = sum(min(credited[session.key], session.minutes) for session in counting)
    # What nobody has noted yet can still count, even when the session is over: registers are kept late.
    unknown = [row for row in counting if (demand.kind, row.key) not in latest or (now is not None and row.ends > now)]
    to_come = sum(row.minutes for row in unknown if not credited[row.key])
    possible = now is None or not counting or counted + to_come >= asked
    met = tuple(session.key for session in counting if credited[session.key] > 0)
    return Verdict(demand, counted=counted, asked=asked, total=total, met_subjects=met, possible=possible)


def share(percent: int, total: int) -> int:
    """Round a percentage of a whole number up: `share(80, 1079)` is 864."""
    return -(-percent * total // 100)
