"""The pages of attendance, through the door a person uses."""

import uuid

from django.urls import reverse

import pytest

from attendance import services
from attendance.models import AttendanceRecord, Participation, SignOff
from courses.models import Evidence
from tests.attendance.test_recording import line_of, save
from tests.factories.attendance import entry, mark, visit_for
from tests.factories.courses import enrolment_of


def url(session):
    return reverse("attendance:register", args=[session.key])


def fields(participation, state, *, based=0, form=None, **more):
    """What the register page sends about one person."""
    key = participation.uuid
    sent = {"form": form or uuid.uuid4(), f"state-{key}": state, f"based-{key}": based}
    return sent | {f"{name}-{key}" if name in ("late", "left_early") else name: value for name, value in more.items()}


def ask(client, session, data):
    """Send what the script sends."""
    return client.post(url(session), data, headers={"Accept": "application/json"})


def test_the_register_shows_who_is_expected_and_that_nobody_is_marked(session, ana_there, phone):
    html = phone.get(url(session)).content.decode()

    assert "Ana Munteanu" in html
    assert "0 of 1 marked" in html
    assert "Monday 2 November 2026, 09:00–12:00 in Oslo. 180 minutes planned." in html
    assert "checked" not in html.split("data-roll")[1].split("signoff")[0]


def test_saving_is_one_post_that_leads_back_and_offers_undo(session, ana_there, phone):
    response = phone.post(url(session), fields(ana_there, "absent"), follow=True)

    html = response.content.decode()
    assert response.redirect_chain == [(f"{url(session)}?saved=1-1", 302)]
    assert "Ana Munteanu: absent. Saved." in html
    assert 'name="undo" value="1-1"' in html
    assert "1 of 1 marked" in html


def test_undo_is_a_post_and_gives_back_what_was(session, ana_there, phone):
    phone.post(url(session), fields(ana_there, "present"))

    phone.get(f"{url(session)}?undo=1-1")
    assert line_of(session, ana_there).mark == mark("present")
    phone.post(url(session), {"undo": "1-1"})
    assert line_of(session, ana_there).standing is None


def test_minutes_missed_are_kept_as_typed_and_asked_for_again(session, visit, ana_there, phone, stefan):
    guest = services.add_person(visit=visit, name="Guest One", role="guest", by=stefan)

    response = phone.post(
        url(session), fields(ana_there, "late", late="twenty") | fields(guest, "present") | {"rest": "1"}
    )

    html = response.content.decode()
    assert response.status_code == 422
    assert "Write how many minutes were missed, as a number." in html
    assert 'value="twenty"' in html
    assert line_of(session, ana_there).standing is None
    assert line_of(session, guest).mark == mark("present")


@pytest.mark.parametrize(("state", "field"), [("late", "late"), ("left_early", "left_early")])
def test_minutes_are_read_from_the_field_of_the_state(session, ana_there, phone, state, field):
    phone.post(url(session), fields(ana_there, state, **{"late": "99", "left_early": "99", field: "20"}))

    assert line_of(session, ana_there).mark == mark(state, 20)


def test_the_rest_are_marked_with_one_press(session, ana_there, phone):
    response = phone.post(url(session), {"form": uuid.uuid4(), "rest": "1"}, follow=True)

    assert line_of(session, ana_there).mark == mark("present")
    assert "Ana Munteanu: present. Saved." in response.content.decode()


@pytest.mark.parametrize(
    "broken",
    [
        {"state-not-a-uuid": "present"},
        {f"state-{uuid.uuid4()}": "dancing"},
        {f"state-{uuid.uuid4()}": "present", f"based-{uuid.UUID(int=1)}": "0"},
        {"undo": "x"},
        {"undo": "1-"},
        {"decide": "1:2"},
        {"form": "x", "rest": "1"},
        {"undo": "٣-٣"},
    ],
)
def test_a_sending_nobody_could_have_typed_is_refused_calmly(session, ana_there, phone, broken):
    assert phone.post(url(session), broken).status_code == 400
    assert AttendanceRecord.objects.count() == 0


def test_somebody_else_s_participation_is_refused(session, ana_there, phone, bacau, mihai, stefan):
    enrolment_of(mihai, bacau, by=stefan)
    other_visit = visit_for(bacau, by=stefan, key="bergen-2026")
    stranger = Participation.objects.get(visit=other_visit)

    response = phone.post(url(session), fields(stranger, "present"), follow=True)

    assert "This person is not in the register." in response.content.decode()
    assert Evidence.objects.count() == 0


def test_a_contradiction_is_shown_side_by_side_and_decided(session, ana_there, phone, sanda, browser_of):
    phone.post(url(session), fields(ana_there, "present"))

    response = browser_of(sanda).post(url(session), fields(ana_there, "absent"))
    html = response.content.decode()
    assert response.status_code == 409
    assert "Somebody else has noted something different." in html
    assert html.index("Ingrid Bråten, ") < html.index("Carol Smith, ")

    phone.post(url(session), {"decide": f"{ana_there.uuid}:2:2"})
    assert line_of(session, ana_there).mark == mark("absent")
    assert "Two opinions" not in phone.get(url(session)).content.decode()


def test_an_outdated_decision_is_refused_with_a_notice(session, ana_there, phone, sanda):
    save(session, sanda, entry(ana_there, "present"))
    save(session, sanda, entry(ana_there, "absent", based_on=1))

    response = phone.post(url(session), {"decide": f"{ana_there.uuid}:1:1"}, follow=True)

    assert "The line of Ana Munteanu has changed meanwhile." in response.content.decode()


# --- The script -------------------------------------------------------------------------------------------------------


def test_the_script_hears_the_new_version_the_tally_and_the_way_back(session, ana_there, phone):
    told = ask(phone, session, fields(ana_there, "present")).json()

    assert told["state"] == "saved"
    assert told["text"] == "Saved at 16:30"
    assert told["versions"] == {str(ana_there.uuid): 1}
    assert told["lines"] == {}
    assert "1 of 1 marked" in told["tally"]
    assert 'value="1-1"' in told["undo"]


def test_the_script_may_send_the_same_again(session, ana_there, phone):
    sent = fields(ana_there, "present")

    first, second = ask(phone, session, sent).json(), ask(phone, session, sent).json()

    assert first["versions"] == second["versions"]
    assert AttendanceRecord.objects.count() == 1


def test_the_script_is_handed_lines_that_now_look_different(session, ana_there, phone, sanda):
    save(session, sanda, entry(ana_there, "absent"))

    response = ask(phone, session, fields(ana_there, "present"))
    told = response.json()

    assert response.status_code == 409
    assert told["state"] == "conflict"
    assert told["versions"] == {}
    assert "Two opinions" in told["lines"][str(ana_there.uuid)]


def test_a_mark_that_went_back_and_forth_does_not_hide_somebody_else_s_change(session, ana_there, phone, ingrid, sanda):
    save(session, ingrid, entry(ana_there, "present"))
    save(session, sanda, entry(ana_there, "absent", based_on=1))

    told = ask(phone, session, fields(ana_there, "present", based=1)).json()

    assert told["versions"] == {}
    assert 'value="absent" checked' in told["lines"][str(ana_there.uuid)]


def test_the_script_hears_that_the_register_was_closed_meanwhile(session, ana_there, phone, ingrid):
    save(session, ingrid, entry(ana_there, "present"))
    services.sign_off(session=session, by=ingrid)

    response = ask(phone, session, fields(ana_there, "absent", based=1))

    assert response.status_code == 409
    assert response.json()["code"] == "signed_off"


# --- Signing off ------------------------------------------------------------------------------------------------------


def test_signing_off_saves_and_closes_in_one_post(session, ana_there, phone):
    response = phone.post(url(session), fields(ana_there, "present") | {"there": "1", "sign_off": "1"}, follow=True)

    html = response.content.decode()
    assert "Signed off. The list is closed" in html
    assert "Signed off on 2 November 2026, 16:30." in html
    assert SignOff.objects.count() == 1
    assert 'type="radio"' not in html


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"sign_off": "1"}, "Confirm that you were there"),
        ({"sign_off": "1", "there": "1"}, "Mark everyone, then sign off."),
    ],
)
def test_signing_off_too_early_says_what_is_missing(session, ana_there, phone, sent, says):
    assert says in phone.post(url(session), sent, follow=True).content.decode()
    assert SignOff.objects.count() == 0


@pytest.fixture
def closed(session, ana_there, ingrid):
    save(session, ingrid, entry(ana_there, "present"))
    services.sign_off(session=session, by=ingrid)
    return session


def test_a_correction_asks_for_a_reason_and_shows_both_values(closed, ana_there, phone):
    address = reverse("attendance:correction", args=[closed.key, ana_there.uuid])
    sent = {"state": "late", "late": "30", "based_on": "1"}

    refused = phone.post(address, sent)
    assert refused.status_code == 422
    assert 'value="30"' in refused.content.decode()

    html = phone.post(address, {**sent, "reason": "The signed list says 9:30."}, follow=True).content.decode()
    assert "The line of Ana Munteanu is corrected." in html
    assert "<s>Present, 180 min</s>" in html
    assert "<b>Late, 150 min</b>" in html
    assert "The signed list says 9:30." in html


def test_a_correction_without_its_minutes_says_so_at_the_field(closed, ana_there, phone):
    address = reverse("attendance:correction", args=[closed.key, ana_there.uuid])

    html = phone.post(address, {"state": "late", "based_on": "1", "reason": "Came later."}).content.decode()

    assert "Write how many minutes were missed, as a number." in html
    assert "<title>Error: Correct a line" in html


def test_a_register_is_opened_again_with_a_reason(closed, phone):
    address = reverse("attendance:reopen", args=[closed.key])

    assert phone.post(address, {"reason": " "}).status_code == 422
    html = phone.post(address, {"reason": "Two lists were mixed up."}, follow=True).content.decode()

    assert "The register is open again." in html
    assert 'type="radio"' in html
