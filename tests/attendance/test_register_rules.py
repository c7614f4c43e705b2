"""The rules of a register, without a database."""

import pytest

from attendance.register import Mark, Reading, Row, State, open_conflict, read, standing

PRESENT, ABSENT, EXCUSED = Mark(State.PRESENT), Mark(State.ABSENT), Mark(State.EXCUSED)
LATE = Mark(State.LATE, 20)


@pytest.mark.parametrize(
    ("mark", "credited"),
    [
        (PRESENT, 180),
        (LATE, 160),
        (Mark(State.LATE, 180), 0),
        (Mark(State.LATE, 400), 0),
        (Mark(State.LEFT_EARLY, 40), 140),
        (EXCUSED, 0),
        (ABSENT, 0),
        (Mark(State.UNMARKED), 0),
        (Mark(State.PRESENT, 40), 180),
    ],
)
def test_minutes_a_mark_is_worth(mark, credited):
    assert mark.credited(180) == credited


@pytest.mark.parametrize(
    ("rows", "mark", "based_on", "reading"),
    [
        ([], PRESENT, 0, Reading.STANDS),
        ([Row(1, PRESENT)], PRESENT, 1, Reading.NOTHING_NEW),
        ([Row(1, PRESENT)], LATE, 1, Reading.STANDS),
        ([Row(1, PRESENT)], ABSENT, 0, Reading.CONFLICTS),
        ([Row(1, PRESENT)], PRESENT, 0, Reading.NOTHING_NEW),
        ([Row(1, PRESENT), Row(2, ABSENT)], PRESENT, 1, Reading.NOTHING_NEW),
        ([Row(1, PRESENT), Row(2, ABSENT)], LATE, 1, Reading.CONFLICTS),
        ([Row(1, LATE)], Mark(State.LATE, 30), 1, Reading.STANDS),
        ([Row(1, PRESENT), Row(2, ABSENT, conflicting=True)], PRESENT, 2, Reading.STANDS),
        ([Row(1, PRESENT), Row(2, ABSENT, conflicting=True)], LATE, 1, Reading.CONFLICTS),
    ],
    ids=[
        "first mark",
        "same again",
        "seen and changed",
        "not seen and different",
        "not seen but the same",
        "stale page sends back what it showed",
        "stale page was changed",
        "other minutes are another mark",
        "a decision, even for what stands",
        "a third opinion",
    ],
)
def test_reading_of_an_entry(rows, mark, based_on, reading):
    assert read(rows, mark, based_on) == reading


def test_a_contradiction_changes_nothing_until_somebody_decides():
    rows = [Row(1, PRESENT), Row(2, ABSENT, conflicting=True), Row(3, LATE, conflicting=True)]

    assert standing(rows) == PRESENT
    assert [row.seq for row in open_conflict(rows)] == [2, 3]
    assert open_conflict([*rows, Row(4, ABSENT)]) == []
