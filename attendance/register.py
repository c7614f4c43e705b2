"""The rules of a register: what a mark credits, which mark stands, when two people have contradicted each other.

Knows neither Django nor the clock. Rows are numbered within one session; a row says what somebody noted and which
row they had seen when they did (`based_on`). Nothing is overwritten: of all rows about a person the last one that is
not conflicting stands, and a conflict is open while the very last row is a conflicting one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How somebody took part in a half-day."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left_early"
    EXCUSED = "excused"
    ABSENT = "absent"
    UNMARKED = "unmarked"  # a mark that was taken back


IN_THE_ROOM = frozenset({State.PRESENT, State.LATE, State.LEFT_EARLY})
PARTIAL = frozenset({State.LATE, State.LEFT_EARLY})


@dataclass(frozen=True, slots=True)
class Mark:
    """What is noted about a person: a state, and for those who came late or left early the minutes they missed."""

    state: State
    missed: int = 0

    def __post_init__(self) -> None:
        if self.state not in PARTIAL and self.missed:
            object.__setattr__(self, "missed", 0)

    def credited(self, planned: int) -> int:
        """Count the minutes the mark is worth in a session of so many planned minutes; never below zero."""
        if self.state not in IN_THE_ROOM:
            return 0
        return max(planned - self.missed, 0)


UNMARKED = Mark(State.UNMARKED)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the ledger as the rules see it."""

    seq: int
    mark: Mark
    conflicting: bool = False


def version(rows: Sequence[Row]) -> int:
    """Give the number of the last row about a person; 0 before there is any."""
    return rows[-1].seq if rows else 0


def standing(rows: Sequence[Row]) -> Mark:
    """Give the mark that counts."""
    return next((row.mark for row in reversed(rows) if not row.conflicting), UNMARKED)


def open_conflict(rows: Sequence[Row]) -> list[Row]:
    """Give the contradicting rows that wait for a person to decide, oldest first."""
    waiting: list[Row] = []
    for row in reversed(rows):
        if not row.conflicting:
            break
        waiting.insert(0, row)
    return waiting


class Reading(StrEnum):
    """What becomes of an entry that arrives."""

    NOTHING_NEW = "nothing_new"
    STANDS = "stands"
    CONFLICTS = "conflicts"


def read(rows: Sequence[Row], mark: Mark, based_on: int) -> Reading:
    """Judge an entry against the rows about the same person.

    A stale entry that only repeats what its author had before their eyes was not meant as a change, and one that
    says what stands anyway contradicts nobody.
    """
    if based_on == version(rows):
        return Reading.STANDS if mark != standing(rows) or open_conflict(rows) else Reading.NOTHING_NEW
    seen = [row for row in rows if row.seq <= based_on]
    if mark in (standing(seen), standing(rows)):
        return Reading.NOTHING_NEW
    return Reading.CONFLICTS
