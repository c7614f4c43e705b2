"""Wall clocks: the hours that do not exist, the hours that exist twice, and the day next door."""

import datetime as dt

import pytest

from attendance import clock

SPRING, AUTUMN = dt.date(2027, 3, 28), dt.date(2027, 10, 31)
OSLO, BUCHAREST = "Europe/Oslo", "Europe/Bucharest"


def at(hour, minute=0):
    return dt.time(hour, minute)


def utc(day, hour, minute=0):
    return dt.datetime.combine(day, at(hour, minute), tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("zone", "day", "wall", "expected"),
    [
        (OSLO, SPRING, at(1, 59), utc(SPRING, 0, 59)),
        (OSLO, SPRING, at(3), utc(SPRING, 1)),
        (OSLO, SPRING, at(9), utc(SPRING, 7)),
        (BUCHAREST, SPRING, at(2, 59), utc(SPRING, 0, 59)),
        (BUCHAREST, SPRING, at(4), utc(SPRING, 1)),
        (BUCHAREST, SPRING, at(9), utc(SPRING, 6)),
        (OSLO, AUTUMN, at(1, 59), utc(AUTUMN - dt.timedelta(1), 23, 59)),
        (OSLO, AUTUMN, at(3), utc(AUTUMN, 2)),
        (BUCHAREST, AUTUMN, at(2, 59), utc(AUTUMN - dt.timedelta(1), 23, 59)),
        (BUCHAREST, AUTUMN, at(4), utc(AUTUMN, 2)),
        (OSLO, dt.date(2026, 11, 2), at(9), utc(dt.date(2026, 11, 2), 8)),
        (BUCHAREST, dt.date(2026, 11, 2), at(9), utc(dt.date(2026, 11, 2), 7)),
    ],
)
def test_instant_of_a_time_that_exists_once(zone, day, wall, expected):
    assert clock.instant(day, wall, zone) == expected
    assert clock.local(expected, zone).replace(tzinfo=None) == dt.datetime.combine(day, wall)


@pytest.mark.parametrize("fold", [None, 0, 1])
@pytest.mark.parametrize(
    ("zone", "wall"),
    [(OSLO, at(2)), (OSLO, at(2, 30)), (OSLO, at(2, 59)), (BUCHAREST, at(3)), (BUCHAREST, at(3, 30))],
)
def test_a_time_the_clocks_jump_over_is_refused_whatever_is_said(zone, wall, fold):
    with pytest.raises(clock.MissingTimeError):
        clock.instant(SPRING, wall, zone, fold)


@pytest.mark.parametrize(
    ("zone", "wall"), [(OSLO, at(2)), (OSLO, at(2, 30)), (BUCHAREST, at(3)), (BUCHAREST, at(3, 30))]
)
def test_a_time_shown_twice_is_asked_about_and_then_known(zone, wall):
    with pytest.raises(clock.AmbiguousTimeError):
        clock.instant(AUTUMN, wall, zone)

    first, second = (clock.instant(AUTUMN, wall, zone, fold) for fold in (0, 1))
    assert second - first == dt.timedelta(hours=1)
    assert {clock.local(moment, zone).time() for moment in (first, second)} == {wall}


@pytest.mark.parametrize("zone", [OSLO, BUCHAREST])
@pytest.mark.parametrize(("day", "passed"), [(SPRING, 120), (AUTUMN, 240), (dt.date(2027, 6, 1), 180)])
def test_minutes_are_those_that_really_pass(zone, day, passed):
    starts, ends = clock.span(day, at(1, 30), at(4, 30), zone)

    assert clock.minutes_between(starts, ends) == passed


@pytest.mark.parametrize("day", [SPRING, AUTUMN, dt.date(2026, 11, 2), dt.date(2027, 6, 1)])
def test_late_evening_in_oslo_is_the_next_day_in_bucharest(day):
    late = clock.instant(day, at(23, 30), OSLO)

    assert clock.local(late, OSLO).date() == day
    assert clock.local(late, BUCHAREST).date() == day + dt.timedelta(1)


def test_an_end_that_is_not_later_belongs_to_the_next_day():
    starts, ends = clock.span(dt.date(2026, 11, 2), at(23, 30), at(0, 30), OSLO)

    assert clock.minutes_between(starts, ends) == 60
    assert clock.local(ends, OSLO).date() == dt.date(2026, 11, 3)
