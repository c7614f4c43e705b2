"""Wall clocks and instants: what a clock on the wall of a place shows, and which moment that was. Knows no Django.

A session is entered as people say it ("28 March, 09:00, Oslo") and counted as an instant. Twice a year that is not
the same question: an hour is missing in spring, and in autumn the clocks show one hour twice.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


class ClockError(Exception):
    """A wall time that names no single moment; `code` says why."""

    code = "clock"


class MissingTimeError(ClockError):
    """The clocks jump over this time on that day."""

    code = "missing_time"


class AmbiguousTimeError(ClockError):
    """The clocks show this time twice on that day, and nobody said which one is meant."""

    code = "ambiguous_time"


def instant(day: date, wall: time, zone: str, fold: int | None = None) -> datetime:
    """Give the moment a clock in a zone shows a time; `fold` 0 or 1 picks the first or the second of two.

    Raises MissingTimeError where the clocks jump over it and AmbiguousTimeError where `fold` is needed.
    """
    place = ZoneInfo(zone)
    naive = datetime.combine(day, wall.replace(tzinfo=None))
    first, second = (naive.replace(tzinfo=place, fold=choice) for choice in (0, 1))
    # A time that does not exist comes back as another one; one that exists twice has two offsets.
    if first.astimezone(UTC).astimezone(place).replace(tzinfo=None) != naive:
        raise MissingTimeError
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if fold is None:
        raise AmbiguousTimeError
    return (second if fold else first).astimezone(UTC)


def span(
    day: date, begins: time, finishes: time, zone: str, folds: tuple[int | None, int | None] = (None, None)
) -> tuple[datetime, datetime]:
    """Give the two moments between which something happens; an end that is not later belongs to the next day."""
    last_day = day if finishes > begins else day + timedelta(days=1)
    return instant(day, begins, zone, folds[0]), instant(last_day, finishes, zone, folds[1])


def local(moment: datetime, zone: str) -> datetime:
    """Give what the clock in a zone showed at a moment."""
    return moment.astimezone(ZoneInfo(zone))


def minutes_between(starts: datetime, ends: datetime) -> int:
    """Count the whole minutes that really passed, whatever the clocks did meanwhile."""
    return int((ends.astimezone(UTC) - starts.astimezone(UTC)).total_seconds() // 60)


def city_of(zone: str) -> str:
    """Name a zone as people say it: `Europe/Oslo` is “Oslo”."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")
