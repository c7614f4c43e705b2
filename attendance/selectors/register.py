"""The register of a session: everybody who belongs in it, with everything that was noted about them."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import FilteredRelation, Q, QuerySet

from attendance import register
from attendance.models import STATES, AttendanceRecord, Participation, TrainingSession
from attendance.register import IN_THE_ROOM, Mark, Row, State

PERSON_FIELDS = (
    "pk",
    "uuid",
    "name",
    "profession",
    "organisation",
    "user__organisation__county",
    "role",
    "enrolment_id",
    "salt",
)
# What a line needs of a record; all of it comes with the people in one query.
RECORD_FIELDS = (
    "seq",
    "state",
    "missed",
    "minutes",
    "conflicting",
    "event_id",
    "source",
    "reason",
    "recorded",
    "hash",
    "author_id",
    "author__name",
)


@dataclass(frozen=True, slots=True)
class Noted:
    """A record as the register shows it."""

    seq: int
    mark: Mark
    minutes: int
    conflicting: bool
    event_id: UUID
    source: str
    reason: str
    recorded: datetime
    hash: str
    author_id: int
    author: str

    @property
    def row(self) -> Row:
        return Row(self.seq, self.mark, self.conflicting)

    @property
    def label(self) -> str:
        return str(STATES[self.mark.state.value])


@dataclass(slots=True)
class Line:
    """One person of a register and what was noted about them, oldest first."""

    pk: int
    uuid: UUID
    name: str
    profession: str
    organisation: str
    county: str | None
    role: str
    enrolment_id: int | None
    salt: str
    noted: list[Noted] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        return [noted.row for noted in self.noted]

    @property
    def version(self) -> int:
        return register.version(self.rows)

    @property
    def mark(self) -> Mark:
        return register.standing(self.rows)

    @property
    def standing(self) -> Noted | None:
        """The record that counts, if the person is marked."""
        found = next((noted for noted in reversed(self.noted) if not noted.conflicting), None)
        return found if found and found.mark.state is not State.UNMARKED else None

    @property
    def conflict(self) -> list[Noted]:
        """What people have said differently since, while nobody has decided."""
        waiting = {row.seq for row in register.open_conflict(self.rows)}
        return [noted for noted in self.noted if noted.seq in waiting]

    @property
    def choices(self) -> list[Noted]:
        """The contradicting records to choose from, the standing one first."""
        return [noted for noted in (self.standing, *self.conflict) if noted] if self.conflict else []

    @property
    def history(self) -> list[Noted]:
        """What was noted before the record that counts, newest first."""
        counts = self.standing
        return [noted for noted in reversed(self.noted) if noted is not counts]

    @property
    def role_label(self) -> str:
        return str(Participation.Role(self.role).label)


@dataclass(frozen=True, slots=True)
class Register:
    """A session with its lines, by surname."""

    session: TrainingSession
    lines: list[Line]

    @property
    def marked(self) -> int:
        return sum(line.standing is not None for line in self.lines)

    @property
    def unmarked(self) -> list[Line]:
        return [line for line in self.lines if line.standing is None]

    @property
    def conflicts(self) -> list[Line]:
        return [line for line in self.lines if line.conflict]

    @property
    def present(self) -> int:
        return sum(line.mark.state in IN_THE_ROOM for line in self.lines)

    @property
    def minutes(self) -> int:
        return sum(line.standing.minutes for line in self.lines if line.standing)

    @property
    def counts(self) -> Counter:
        return Counter(line.mark.state.value for line in self.lines)

    @property
    def ready(self) -> bool:
        """Whether it can be signed off."""
        return bool(self.lines) and not self.unmarked and not self.conflicts

    @property
    def last(self) -> Noted | None:
        """The head of the chain."""
        return max((noted for line in self.lines for noted in line.noted), key=lambda noted: noted.seq, default=None)

    def noted(self, first: int, last: int) -> list[tuple[Line, Noted]]:
        """Give the records numbered from first to last with their lines."""
        found = [(line, noted) for line in self.lines for noted in line.noted if first <= noted.seq <= last]
        return sorted(found, key=lambda pair: pair[1].seq)


def people_of(session: TrainingSession) -> QuerySet[Participation]:
    """Give everybody who belongs in a register: the trainees it counts for and those without an enrolment.

    Somebody who was marked and has left since stays in: what was noted is never hidden.
    """
    cohorts = session.cohorts.through.objects.filter(trainingsession=session.pk).values("cohort")
    if session.visit_id:
        people = Participation.objects.filter(visit=session.visit_id)
        people = people.filter(Q(enrolment__isnull=True) | Q(enrolment__cohort__in=cohorts))
    else:
        people = Participation.objects.filter(cohort__in=cohorts)
    noted = AttendanceRecord.objects.filter(session=session.pk).values("participation")
    here = Q(withdrawn__isnull=True, enrolment__left__isnull=True)
    return people.filter(here | Q(pk__in=noted))


def lines_of(session: TrainingSession) -> list[Line]:
    """Give the lines of a register by surname: one query, however many people and records."""
    rows = (
        people_of(session)
        .annotate(record=FilteredRelation("records", condition=Q(records__session=session.pk)))
        .order_by("pk", "record__seq")
        .values_list(
            *PERSON_FIELDS,
            *(f"record__{name}" for name in RECORD_FIELDS),
        )
    )
    lines: dict[int, Line] = {}
    for row in rows:
        person, record = row[: len(PERSON_FIELDS)], row[len(PERSON_FIELDS) :]
        line = lines.setdefault(person[0], Line(*person))
        if record[0] is not None:
            seq, state, missed, *rest = record
            line.noted.append(Noted(seq, Mark(State(state), missed), *rest))
    return sorted(lines.values(), key=lambda line: surname_key(line.name))


def register_for(session: TrainingSession) -> Register:
    """Give the register of a session."""
    return Register(session, lines_of(session))


def surname_key(name: str) -> tuple[str, str]:
    """Sort by the last word of a name, with or without its marks: Åse Nordbø stands under N, Ștefan Dobre under D."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold().split()
    return (plain[-1], " ".join(plain)) if plain else ("", name)


def names_in_order(names: Iterable[str]) -> list[str]:
    """Give names by surname."""
    return sorted(names, key=surname_key)
