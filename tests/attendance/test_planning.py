"""Planning half-days: clock times of the place, and what courses hears."""

import datetime as dt

import pytest

from attendance import services
from attendance.models import AttendanceRecord, Participation
from courses.models import PlannedSession
from tests.factories.attendance import entry, plan_of_half_day, session_for, visit_for
from tests.factories.courses import CohortTrainerFactory, enrolment_of

SPRING, AUTUMN = dt.date(2027, 3, 28), dt.date(2027, 10, 31)


def refusal_of(deed, **arguments):
    with pytest.raises(services.AttendanceError) as refusal:
        deed(**arguments)
    return refusal.value.code


def planned(cohort):
    return list(PlannedSession.objects.filter(cohort=cohort).values_list("key", "minutes"))


def test_a_planned_half_day_is_kept_as_entered_and_as_the_moment_it_means(iasi, stefan):
    session = session_for(iasi, by=stefan, time_zone="Europe/Oslo")

    session.refresh_from_db()
    assert (session.begins, session.time_zone) == (dt.time(9), "Europe/Oslo")
    assert session.starts == dt.datetime(2026, 11, 2, 8, tzinfo=dt.UTC)
    assert session.local_starts.hour == 9
    assert planned(iasi) == [(session.key, 180)]


def test_a_class_takes_the_time_zone_of_its_cohort_and_a_visit_day_that_of_the_visit(iasi, visit, stefan):
    in_class = session_for(iasi, by=stefan, day=dt.date(2026, 10, 5))
    abroad = session_for(iasi, by=stefan, visit=visit)

    assert in_class.time_zone == "Europe/Bucharest"
    assert abroad.time_zone == "Europe/Oslo"


@pytest.mark.parametrize(
    ("zone", "day", "begins", "code"),
    [
        ("Europe/Oslo", SPRING, dt.time(2, 30), "missing_time"),
        ("Europe/Bucharest", SPRING, dt.time(3, 30), "missing_time"),
        ("Europe/Oslo", AUTUMN, dt.time(2, 30), "ambiguous_time"),
        ("Europe/Bucharest", AUTUMN, dt.time(3, 30), "ambiguous_time"),
    ],
)
def test_a_time_that_names_no_single_moment_is_refused_with_its_reason(iasi, stefan, zone, day, begins, code):
    plan = plan_of_half_day(iasi, day=day, begins=begins, finishes=dt.time(6), minutes=60, time_zone=zone)

    assert refusal_of(services.plan_session, plan=plan, by=stefan) == code
    assert planned(iasi) == []


@pytest.mark.parametrize(("fold", "hour"), [(0, 0), (1, 1)])
def test_a_time_shown_twice_is_planned_once_somebody_says_which(iasi, stefan, fold, hour):
    session = session_for(
        iasi,
        by=stefan,
        day=AUTUMN,
        begins=dt.time(2, 30),
        finishes=dt.time(6),
        minutes=60,
        time_zone="Europe/Oslo",
        folds=(fold, None),
    )

    assert session.starts == dt.datetime(2027, 10, 31, hour, 30, tzinfo=dt.UTC)
    assert session.local_starts.time() == dt.time(2, 30)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"finishes": dt.time(8)}, "too_long"),
        ({"minutes": 181}, "minutes_too_many"),
        ({"cohorts": []}, "no_cohort"),
        ({"time_zone": "Europe/Atlantis"}, "unknown_time_zone"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(iasi, stefan, facts, code):
    plan = plan_of_half_day(**{"cohorts": [iasi], **facts}) if "cohorts" in facts else plan_of_half_day(iasi, **facts)

    assert refusal_of(services.plan_session, plan=plan, by=stefan) == code


def test_a_day_outside_the_visit_is_refused(iasi, visit, stefan):
    plan = plan_of_half_day(iasi, visit=visit, day=dt.date(2026, 11, 5))

    assert refusal_of(services.plan_session, plan=plan, by=stefan) == "outside_visit"


def test_two_sessions_of_a_cohort_at_the_same_time_are_refused_across_zones(iasi, bacau, stefan):
    session_for(iasi, by=stefan, time_zone="Europe/Oslo")
    clash = {"begins": dt.time(12, 59), "finishes": dt.time(15), "minutes": 60, "time_zone": "Europe/Bucharest"}

    assert refusal_of(services.plan_session, plan=plan_of_half_day(iasi, **clash), by=stefan) == "overlaps"
    assert session_for(bacau, by=stefan, **clash).pk
    assert session_for(iasi, by=stefan, **{**clash, "begins": dt.time(13)}).pk


def test_moving_a_session_tells_courses_the_new_minutes_and_takes_them_from_a_cohort_that_left(iasi, bacau, stefan):
    session = session_for(iasi, bacau, by=stefan)

    services.plan_session(plan=plan_of_half_day(iasi, minutes=150), by=stefan, session=session)

    assert planned(iasi) == [(session.key, 150)]
    assert planned(bacau) == [(session.key, 0)]


def test_a_cancelled_session_counts_nothing_until_it_is_planned_again(iasi, stefan):
    session = session_for(iasi, by=stefan)

    services.cancel_session(session=session, by=stefan, reason="The train did not run.")
    assert planned(iasi) == [(session.key, 0)]

    services.plan_session(plan=plan_of_half_day(iasi), by=stefan, session=session)
    assert planned(iasi) == [(session.key, 180)]


def test_cancelling_needs_a_reason(iasi, stefan):
    session = session_for(iasi, by=stefan)

    assert refusal_of(services.cancel_session, session=session, by=stefan, reason=" ") == "reason_needed"


def test_withdrawing_a_visit_cancels_its_half_days(visit, session, iasi, stefan):
    services.withdraw_visit(visit=visit, by=stefan, reason="The host has closed.")

    session.refresh_from_db()
    assert session.cancelled_reason == "The host has closed."
    assert planned(iasi) == [(session.key, 0)]


def test_changed_minutes_are_credited_anew_and_say_why(session, ana_there, ingrid, stefan, visit, iasi):
    services.record_entries(session=session, entries=[entry(ana_there, "late", 20)], by=ingrid)

    services.plan_session(plan=plan_of_half_day(iasi, visit=visit, minutes=150), by=stefan, session=session)

    first, second = AttendanceRecord.objects.order_by("seq")
    assert (first.minutes, second.minutes, second.missed) == (160, 130, 20)
    assert second.reason == "The planned minutes changed from 180 to 150."


def test_planning_puts_everybody_enrolled_on_the_list_once(iasi, bacau, ana, mihai, carol, stefan, place):
    enrolment_of(mihai, bacau, by=stefan)
    visit = visit_for(iasi, bacau, by=stefan)

    enrolment_of(carol, iasi, by=stefan)
    session_for(iasi, bacau, by=stefan, visit=visit)
    services.add_participants(visit=visit, by=stefan)

    assert sorted(Participation.objects.values_list("name", flat=True)) == [
        "Ana Munteanu",
        "Carol Smith",
        "Mihai Țurcanu",
    ]


def test_a_guest_is_written_down_without_an_account_and_a_trainee_is_not(visit, stefan):
    guest = services.add_person(visit=visit, name="  Guest   One ", role="guest", by=stefan)

    assert (guest.name, guest.user, guest.enrolment) == ("Guest One", None, None)
    assert (
        refusal_of(services.add_person, visit=visit, name="Somebody", role="trainee", by=stefan)
        == "trainee_by_enrolment"
    )


def test_only_people_a_session_counts_for_and_guests_are_on_its_register(
    iasi, bacau, ana, mihai, stefan, place, ingrid, browser_of, clock
):
    enrolment_of(mihai, bacau, by=stefan)
    CohortTrainerFactory(cohort=bacau, user=ingrid)
    visit = visit_for(iasi, bacau, by=stefan)
    services.add_person(visit=visit, name="Guest One", role="guest", by=stefan)
    session = session_for(iasi, by=stefan, visit=visit)
    stranger = Participation.objects.get(user=mihai)

    code = refusal_of(services.record_entries, session=session, entries=[entry(stranger, "present")], by=ingrid)

    assert code == "unknown_person"
