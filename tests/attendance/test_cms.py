"""Coordinators plan visits and half-days in the CMS."""

from django.urls import reverse

import pytest

from attendance import services
from attendance.models import Participation, StudyVisit, TrainingSession
from courses.models import PlannedSession
from tests.attendance.test_recording import save
from tests.factories.attendance import entry


@pytest.fixture
def desk(browser_of, stefan):
    """Ștefan's desk, signed in."""
    return browser_of(stefan)


def visit_data(*cohorts, **more):
    return {
        "key": "bergen-2026",
        "title": "Bergen: outreach at night",
        "lead": "",
        "language": "en",
        "spoken": "",
        "host": "Example Foundation",
        "place": "Bergen",
        "meeting_point": "",
        "country": "NO",
        "time_zone": "Europe/Oslo",
        "starts": "2026-11-02",
        "ends": "2026-11-04",
        "cohorts": [cohort.pk for cohort in cohorts],
        "withdraw_because": "",
        "agenda-TOTAL_FORMS": "1",
        "agenda-INITIAL_FORMS": "0",
        "agenda-MIN_NUM_FORMS": "0",
        "agenda-MAX_NUM_FORMS": "1000",
        "agenda-0-day": "2026-11-02",
        "agenda-0-begins": "09:00",
        "agenda-0-finishes": "09:45",
        "agenda-0-text": "Welcome and learning goals",
        "agenda-0-note": "",
        "agenda-0-id": "",
        "agenda-0-DELETE": "",
        **more,
    }


def session_data(*cohorts, **more):
    return {
        "visit": "",
        "cohorts": [cohort.pk for cohort in cohorts],
        "title": "Day 1",
        "half": "am",
        "day": "2026-11-02",
        "begins": "09:00",
        "finishes": "12:00",
        "time_zone": "",
        "fold": "",
        "minutes": "180",
        "place": "",
        "meeting_point": "",
        "cancel_because": "",
        **more,
    }


def minutes_of(cohort):
    return list(PlannedSession.objects.filter(cohort=cohort).values_list("minutes", flat=True))


def test_a_visit_is_planned_with_its_agenda_and_everybody_enrolled(desk, iasi, place):
    desk.post(reverse("study-visit-list:add"), visit_data(iasi))

    visit = StudyVisit.objects.get()
    assert [item.text for item in visit.agenda.all()] == ["Welcome and learning goals"]
    assert Participation.objects.get().visit == visit


def test_a_restricted_place_without_a_meeting_point_is_refused(desk, iasi):
    response = desk.post(reverse("study-visit-list:add"), visit_data(iasi, place_restricted="on"))

    assert "A restricted place needs a meeting point." in response.content.decode()
    assert StudyVisit.objects.count() == 0


def test_a_reason_withdraws_a_visit(desk, visit, session, iasi):
    data = visit_data(iasi, key=visit.key, withdraw_because="The host has closed.")

    desk.post(reverse("study-visit-list:edit", args=[visit.pk]), data)

    visit.refresh_from_db()
    assert visit.withdrawn is not None
    assert minutes_of(iasi) == [0]


def test_a_half_day_is_planned_and_courses_hears_of_it(desk, iasi, visit):
    desk.post(reverse("session-list:add"), session_data(visit=visit.pk))

    session = TrainingSession.objects.get()
    assert (session.time_zone, session.local_starts.hour) == ("Europe/Oslo", 9)
    assert list(session.cohorts.all()) == [iasi]
    assert minutes_of(iasi) == [180]


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"day": "2027-03-28", "begins": "03:30", "finishes": "06:00", "minutes": "60"}, "this time does not exist"),
        ({"day": "2027-10-31", "begins": "03:30", "finishes": "06:00", "minutes": "60"}, "show this time twice"),
        ({"minutes": "181"}, "fewer than planned"),
        ({"cohorts": []}, "for which cohorts"),
        ({"time_zone": "Europe/Atlantis"}, "Choose a time zone such as Europe/Oslo."),
        ({"begins": ""}, "This field is required."),
    ],
)
def test_a_plan_that_cannot_be_is_explained_and_not_saved(desk, iasi, facts, says):
    response = desk.post(reverse("session-list:add"), session_data(iasi, **facts))

    assert response.status_code == 200
    assert says in response.content.decode()
    assert TrainingSession.objects.count() == 0


def test_a_time_shown_twice_is_saved_once_somebody_says_which(desk, iasi):
    data = session_data(iasi, day="2027-10-31", begins="03:30", finishes="06:00", minutes="60", fold="1")

    desk.post(reverse("session-list:add"), data)

    assert TrainingSession.objects.get().starts.hour == 1


def test_a_half_day_is_moved_cancelled_and_takes_place_after_all(desk, iasi, session, visit):
    address = reverse("session-list:edit", args=[session.pk])

    for facts, minutes in (({"minutes": "150"}, 150), ({"cancel_because": "Snow."}, 0), ({}, 180)):
        desk.post(address, session_data(iasi, visit=visit.pk, **facts))
        assert minutes_of(iasi) == [minutes]


def test_a_signed_off_half_day_says_why_it_cannot_be_moved(desk, iasi, session, visit, ana_there, ingrid):
    save(session, ingrid, entry(ana_there, "present"))
    services.sign_off(session=session, by=ingrid)

    response = desk.post(
        reverse("session-list:edit", args=[session.pk]), session_data(iasi, visit=visit.pk, minutes="100")
    )

    assert "The register is signed off; open it again first." in response.content.decode()
    assert minutes_of(iasi) == [180]


@pytest.mark.parametrize("who", ["stefan", "admin"])
def test_nobody_deletes_visits_or_half_days(session, visit, who, request, browser_of):
    client = browser_of(request.getfixturevalue(who))

    for name, thing in (("study-visit-list", visit), ("session-list", session)):
        response = client.post(reverse(f"{name}:delete", args=[thing.pk]))
        assert response.status_code in (302, 403)
        assert type(thing).objects.filter(pk=thing.pk).exists()


@pytest.mark.parametrize("name", ["study-visit-list", "session-list"])
@pytest.mark.parametrize(("who", "enters"), [("stefan", True), ("admin", True), ("elena", False), ("ingrid", False)])
def test_only_coordinators_and_administrators_find_these_rooms(session, visit, name, who, enters, request, browser_of):
    client = browser_of(request.getfixturevalue(who))
    thing = visit if name == "study-visit-list" else session

    for address in (reverse(f"{name}:index"), reverse(f"{name}:edit", args=[thing.pk])):
        assert (client.get(address).status_code == 200) is enters
