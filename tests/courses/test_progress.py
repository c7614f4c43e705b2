"""The rule, case by case."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.progress import Demand, EvidenceKind, Fact, Planned, evaluate, fewest_subjects, share

READ = Demand(EvidenceKind.READING, 100, ("c1", "c2"))
QUIZ = Demand(EvidenceKind.QUIZ, 70, ("q1",))
TAKEN = Demand(EvidenceKind.QUIZ, 0, ("q1",))
HOURS = Demand(EvidenceKind.ATTENDANCE, 80)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PAST = datetime(2026, 11, 23, 12, tzinfo=UTC)
FUTURE = datetime(2026, 11, 25, 12, tzinfo=UTC)


def fact(kind, subject, amount):
    return Fact(EvidenceKind(kind), subject, Decimal(amount))


@pytest.mark.parametrize(
    ("demands", "facts", "complete"),
    [
        pytest.param([], [], False, id="a course that asks nothing is never completed"),
        pytest.param([READ], [], False, id="nothing read"),
        pytest.param([READ], [fact("reading", "c1", 1)], False, id="one of two read"),
        pytest.param([READ], [fact("reading", "c1", 1), fact("reading", "c2", 1)], True, id="both read"),
        pytest.param(
            [READ],
            [fact("reading", "c1", 1), fact("reading", "c2", 1), fact("reading", "c2", 0)],
            False,
            id="the latest fact counts: taken back",
        ),
        pytest.param([QUIZ], [fact("quiz", "q1", "69.99")], False, id="just below the threshold"),
        pytest.param([QUIZ], [fact("quiz", "q1", "70")], True, id="exactly the threshold"),
        pytest.param([TAKEN], [], False, id="without a pass mark it has to be taken"),
        pytest.param([TAKEN], [fact("quiz", "q1", 0)], True, id="without a pass mark taking it is enough"),
        pytest.param([QUIZ], [fact("quiz", "other", "100")], False, id="another quiz does not count"),
        pytest.param([QUIZ], [fact("reading", "q1", "100")], False, id="another kind does not count"),
        pytest.param(
            [READ, QUIZ],
            [fact("reading", "c1", 1), fact("reading", "c2", 1), fact("quiz", "q1", 100)],
            True,
            id="all demands met",
        ),
    ],
)
def test_evaluate_compares_what_is_asked_with_what_is_evidenced(demands, facts, complete):
    assert evaluate(demands, facts).complete is complete


@pytest.mark.parametrize(
    ("planned", "facts", "counted", "asked", "met", "possible"),
    [
        pytest.param([], [], 0, 1, False, True, id="nothing planned: nothing met, nothing lost"),
        pytest.param(
            [("s1", 180, PAST), ("s2", 180, PAST)], [("s1", 180), ("s2", 108)], 288, 288, True, True, id="80 percent"
        ),
        pytest.param(
            [("s1", 180, PAST), ("s2", 180, PAST)],
            [("s1", 180), ("s2", 107)],
            287,
            288,
            False,
            False,
            id="one minute short",
        ),
        pytest.param(
            [("s1", 180, PAST), ("s2", 180, FUTURE)], [("s1", 120)], 120, 288, False, True, id="still possible"
        ),
        pytest.param(
            [("s1", 180, PAST), ("s2", 180, FUTURE)], [("s1", 100)], 100, 288, False, False, id="no longer possible"
        ),
        pytest.param(
            [("s1", 180, PAST), ("s2", 0, PAST)],
            [("s1", 180), ("s2", 180)],
            180,
            144,
            True,
            True,
            id="a cancelled session counts for nobody",
        ),
        pytest.param(
            [("s1", 180, PAST)], [("s1", 999)], 180, 144, True, True, id="nobody is present longer than planned"
        ),
        pytest.param([("s1", 180, PAST)], [], 0, 144, False, True, id="over but not marked yet: still possible"),
        pytest.param([("s1", 180, PAST)], [("s1", 0)], 0, 144, False, False, id="marked absent: lost"),
        pytest.param([("s1", 180, PAST)], [("s1", 180), ("s1", 0)], 0, 144, False, False, id="corrected to absent"),
        pytest.param(
            [("s1", 180, PAST)], [("unplanned", 180)], 0, 144, False, True, id="minutes elsewhere do not count"
        ),
    ],
)
def test_attendance_counts_minutes_of_the_plan(planned, facts, counted, asked, met, possible):
    plan = [Planned(*row) for row in planned]

    verdict = evaluate([HOURS], [fact("attendance", *row) for row in facts], plan, NOW).verdicts[0]

    assert (verdict.counted, verdict.asked, verdict.met, verdict.possible) == (counted, asked, met, possible)


def test_share_rounds_up_so_that_nobody_is_credited_a_fraction_they_lack():
    assert [share(80, 1079), share(80, 1080), share(100, 7), share(1, 1)] == [864, 864, 7, 1]


@given(percent=st.integers(1, 100), total=st.integers(0, 10**6))
def test_share_is_the_smallest_whole_number_that_reaches_the_percentage(percent, total):
    asked = share(percent, total)

    assert asked * 100 >= percent * total
    assert asked == 0 or (asked - 1) * 100 < percent * total


SUBJECTS = st.sampled_from(["s1", "s2", "s3"])
DEMANDS = st.builds(
    Demand,
    kind=st.sampled_from(EvidenceKind),
    threshold=st.integers(0, 100),
    subjects=st.lists(SUBJECTS, unique=True).map(tuple),
)
FACTS = st.lists(st.builds(fact, st.sampled_from(EvidenceKind), SUBJECTS, st.integers(0, 100)))


@given(demand=DEMANDS, facts=FACTS)
def test_a_demand_is_never_met_by_fewer_subjects_than_the_fewest(demand, facts):
    planned = [Planned(subject, 60, PAST) for subject in ("s1", "s2", "s3")]
    seen = {fact.subject for fact in facts if fact.kind is demand.kind}

    assert not evaluate([demand], facts, planned, NOW).complete or len(seen) >= fewest_subjects(demand)
