"""Visits, the people on a list, and what is taken away on paper."""

import datetime as dt

from django.urls import reverse

from attendance import services
from attendance.models import Participation
from attendance.selectors import register_for
from tests.attendance.test_recording import save
from tests.attendance.test_views import url
from tests.factories.attendance import entry, session_for
from tests.factories.courses import enrolment_of
from tests.printing.reading import facts_of, text_of


def test_a_visit_shows_its_agenda_in_its_own_time_and_to_a_trainee_their_own_minutes(
    session, visit, ana_there, ingrid, ana, browser_of
):
    save(session, ingrid, entry(ana_there, "late", 20))

    html = browser_of(ana).get(visit.get_absolute_url()).content.decode()

    assert "All times are local time in Oslo (Europe/Oslo)." in html
    assert "09:00–12:00, 180 min" in html
    assert "2 h\xa040\xa0min recorded".replace("2 h", "2\xa0h") in html
    assert url(session) not in html


def test_a_restricted_place_leaves_the_database_nowhere(visit, iasi, ana, ingrid, stefan, browser_of, clock, place):
    canary = "Hemmelig gate 7"
    session = session_for(
        iasi, by=stefan, visit=visit, place=canary, place_restricted=True, meeting_point="Main station, north entrance"
    )
    for person, names in ((ana, ["visit", "agenda_calendar"]), (ingrid, ["visit", "agenda_calendar"])):
        for name in names:
            text = browser_of(person).get(reverse(f"attendance:{name}", args=[visit.key])).content.decode()
            assert canary not in text
            assert "Main station" in text
    for name in ("register", "people", "sign_in_sheet"):
        response = browser_of(ingrid).get(reverse(f"attendance:{name}", args=[session.key]))
        assert response.status_code == 200
        assert canary.encode() not in response.content


def test_the_calendar_file_names_moments_and_escapes_what_editors_write(visit, iasi, stefan, ana, browser_of, session):
    session_for(iasi, by=stefan, visit=visit, begins=dt.time(13), finishes=dt.time(16), title="Talk; and, a\\walk " * 6)

    text = browser_of(ana).get(reverse("attendance:agenda_calendar", args=[visit.key])).content.decode()

    assert "DTSTART:20261102T080000Z\r\n" in text
    assert "Talk\\; and\\, a\\\\walk" in text.replace("\r\n ", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_the_list_shows_each_person_their_own_visits(visit, session, ana, mihai, carol, ingrid, stefan, browser_of):
    listed = {
        person.name: visit.title in browser_of(person).get(reverse("attendance:visits")).content.decode()
        for person in (ana, mihai, carol, ingrid, stefan)
    }

    assert listed == {
        "Ana Munteanu": True,
        "Mihai Țurcanu": False,
        "Carol Smith": False,
        "Ingrid Bråten": True,
        "Ștefan Dobre": True,
    }


def test_a_class_is_listed_and_only_who_keeps_it_finds_its_register(
    iasi, stefan, ana, ingrid, place, browser_of, clock
):
    session = session_for(iasi, by=stefan, title="First evening")

    for person, sees in ((ana, False), (ingrid, True)):
        html = browser_of(person).get(reverse("attendance:visits")).content.decode()
        assert "First evening" in html
        assert (url(session) in html) is sees


def test_a_withdrawn_visit_is_gone_for_trainees(visit, session, ana, stefan, browser_of):
    services.withdraw_visit(visit=visit, by=stefan, reason="The host has closed.")

    assert browser_of(ana).get(visit.get_absolute_url()).status_code == 404
    assert "This visit was withdrawn." in browser_of(stefan).get(visit.get_absolute_url()).content.decode()


# --- People on the list -----------------------------------------------------------------------------------------------


def test_a_guest_is_written_down_and_taken_off_again(session, ana_there, phone):
    address = reverse("attendance:people", args=[session.key])

    phone.post(address, {"name": "Guest One", "role": "guest", "organisation": "Example Foundation"})
    assert [line.name for line in register_for(session).lines] == ["Ana Munteanu", "Guest One"]

    phone.post(address, {"withdraw": str(Participation.objects.get(name="Guest One").uuid)})
    assert [line.name for line in register_for(session).lines] == ["Ana Munteanu"]


def test_somebody_enrolled_later_is_brought_in(session, ana_there, iasi, carol, stefan, phone):
    enrolment_of(carol, iasi, by=stefan)
    address = reverse("attendance:people", args=[session.key])

    html = phone.post(address, {"enrolled": "1"}, follow=True).content.decode()

    assert "1 person was added." in html
    assert [line.name for line in register_for(session).lines] == ["Ana Munteanu", "Carol Smith"]


def test_nobody_is_written_down_as_a_trainee_without_a_place(session, ana_there, phone):
    response = phone.post(
        reverse("attendance:people", args=[session.key]), {"name": "Somebody", "role": "trainee", "organisation": ""}
    )

    assert response.status_code == 422
    assert Participation.objects.count() == 1


# --- Paper ------------------------------------------------------------------------------------------------------------


def test_the_sheet_to_sign_prints_everybody_in_the_language_of_the_cohort(session, ana_there, phone):
    response = phone.get(reverse("attendance:sign_in_sheet", args=[session.key]))

    text = text_of(response.content)
    assert response["Content-Type"] == "application/pdf"
    assert facts_of(response.content)["language"] == "ro"
    assert "Ana Munteanu" in text
    assert "2 noiembrie 2026" in text
    assert "Ingrid Bråten" in text
