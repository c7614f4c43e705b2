"""Who may enter, and what it costs."""

import uuid

from django.urls import reverse

import pytest

from attendance import services
from attendance.models import AttendanceRecord, Participation
from courses.models import Evidence
from tests.attendance.test_recording import save
from tests.attendance.test_views import fields, url
from tests.factories.accounts import UserFactory
from tests.factories.attendance import entry
from tests.factories.courses import enrolment_of

ROOMS = ["register", "people", "correction", "reopen", "sign_in_sheet"]


def address_of(name, session, participation):
    args = [session.key, participation.uuid] if name == "correction" else [session.key]
    return reverse(f"attendance:{name}", args=args)


@pytest.mark.parametrize("name", ROOMS)
@pytest.mark.parametrize("who", ["ana", "mihai", "elena", "carol"])
def test_rooms_of_a_register_do_not_exist_for_others(session, ana_there, name, who, request, browser_of):
    client = browser_of(request.getfixturevalue(who))
    missing = address_of(name, session, ana_there).replace(str(session.key), str(uuid.uuid4()))

    assert client.get(address_of(name, session, ana_there)).status_code == 404
    assert client.get(missing).status_code == 404
    if name != "sign_in_sheet":
        assert client.post(address_of(name, session, ana_there), fields(ana_there, "present")).status_code == 404
    assert AttendanceRecord.objects.count() == 0


@pytest.mark.parametrize("name", [*ROOMS, "visits", "visit", "agenda_calendar"])
def test_strangers_are_asked_to_sign_in(session, visit, ana_there, name, client):
    args = {"visits": [], "visit": [visit.key], "agenda_calendar": [visit.key]}
    address = reverse(f"attendance:{name}", args=args[name]) if name in args else address_of(name, session, ana_there)

    response = client.get(address)

    assert response.status_code == 302
    assert response.url.startswith("/en/accounts/login/")


@pytest.mark.parametrize("who", ["ingrid", "stefan", "admin"])
def test_those_who_keep_a_register_enter(session, ana_there, who, request, browser_of):
    assert browser_of(request.getfixturevalue(who)).get(url(session)).status_code == 200


@pytest.mark.parametrize("who", ["mihai", "elena", "carol"])
@pytest.mark.parametrize("name", ["visit", "agenda_calendar"])
def test_a_visit_does_not_exist_for_others(session, visit, who, name, request, browser_of):
    client = browser_of(request.getfixturevalue(who))

    assert client.get(reverse(f"attendance:{name}", args=[visit.key])).status_code == 404


# --- Cost -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def fifty(session, visit, iasi, ana_there, stefan, course):
    """Fifty trainees in the middle of a course that asks for more than hours."""
    for _ in range(49):
        enrolment_of(UserFactory(), iasi, by=stefan)
    services.add_participants(visit=visit, by=stefan)
    iasi.rule = [*iasi.rule, {"kind": "quiz", "threshold": 70, "subjects": [str(uuid.uuid4())], "key": "m01-quiz"}]
    iasi.save()
    return list(Participation.objects.all())


def queries_of(deed, django_assert_max_num_queries, limit):
    with django_assert_max_num_queries(limit) as counted:
        deed()
    return [query["sql"] for query in counted.captured_queries if "SAVEPOINT" not in query["sql"]]


def test_saving_fifty_lines_costs_eight_queries(fifty, session, phone, django_assert_max_num_queries):
    sent = {}
    for person in fifty:
        sent |= fields(person, "present")
    phone.get(url(session))

    # session, person, lock with rights, lines with records, records, enrolments, evidence, facts
    queries = queries_of(lambda: phone.post(url(session), sent), django_assert_max_num_queries, 10)

    assert len(queries) == 8
    assert AttendanceRecord.objects.count() == 50
    assert Evidence.objects.count() == 50


def test_opening_a_register_costs_the_same_for_one_and_for_fifty(
    session, ana_there, phone, visit, stefan, ingrid, django_assert_max_num_queries
):
    phone.get(url(session))
    few = queries_of(lambda: phone.get(url(session)), django_assert_max_num_queries, 20)
    guests = [services.add_person(visit=visit, name=f"Guest {n}", role="guest", by=stefan) for n in range(49)]
    save(session, ingrid, *(entry(guest, "present") for guest in guests))

    # session, person with roles, the half-day with rights, lines with records, version of head and foot
    many = queries_of(lambda: phone.get(url(session)), django_assert_max_num_queries, 5)

    assert len(many) == len(few)
    assert sum("attendance_" in query for query in many) == 2
