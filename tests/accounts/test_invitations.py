"""Invitations: one person, one use, fourteen days, and never over an existing account."""

import re
from datetime import timedelta

from django.core import mail
from django.utils import timezone

import pytest
from allauth.account.models import EmailAddress

from accounts.models import Invitation, User
from accounts.services import AccountsError, accept_invitation, draw_token, invite_person, withdraw_invitation
from accounts.tasks import send_invitation
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
NEWCOMER = {"name": "Ioana Ștefănescu", "profession": "nurse", "password": PASSWORD}


def door(token):
    return f"/en/invitations/{token}/"


@pytest.fixture
def invited(stefan):
    """An invitation of Ștefan's to somebody new, with its token."""
    return invite_person(email="Ioana@Example.org", by=stefan, language="ro", name="Ioana Stefanescu")


def test_invitation_makes_an_account_and_signs_in(client, invited):
    invitation, token = invited

    response = client.post(door(token), NEWCOMER)

    ioana = User.objects.get(email="ioana@example.org")
    assert response.status_code == 302
    assert (ioana.name, ioana.profession, ioana.language) == ("Ioana Ștefănescu", "nurse", "ro")
    assert ioana.check_password(PASSWORD)
    assert client.session["_auth_user_id"] == str(ioana.pk)
    assert EmailAddress.objects.get(user=ioana).verified
    invitation.refresh_from_db()
    assert invitation.accepted_by == ioana


def test_invitation_shows_the_name_it_was_made_out_to(client, invited):
    response = client.get(door(invited[1]))

    assert response.status_code == 200
    assert 'value="Ioana Stefanescu"' in response.content.decode()


def test_invitation_works_once(client, invited):
    client.post(door(invited[1]), NEWCOMER)
    client.logout()

    response = client.post(door(invited[1]), {**NEWCOMER, "name": "Somebody Else"})

    assert response.status_code == 404
    assert User.objects.get(email="ioana@example.org").name == "Ioana Ștefănescu"


def test_invitation_expires_after_fourteen_days(client, invited, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=14, seconds=1))

    response = client.post(door(invited[1]), NEWCOMER)

    assert response.status_code == 404
    assert not User.objects.filter(email="ioana@example.org").exists()


def test_withdrawn_invitation_is_closed(client, invited):
    withdraw_invitation(invitation=invited[0])

    assert client.post(door(invited[1]), NEWCOMER).status_code == 404


def test_newer_invitation_to_the_same_place_closes_the_older(client, invited, stefan):
    _newer, token = invite_person(email="ioana@example.org", by=stefan)

    assert client.get(door(invited[1])).status_code == 404
    assert client.get(door(token)).status_code == 200


def test_invitation_to_another_cohort_leaves_the_first_open(client, invited, stefan):
    invite_person(email="ioana@example.org", by=stefan, cohort_key="iasi-2026-05")

    assert client.get(door(invited[1])).status_code == 200


@pytest.mark.parametrize("token", ["x", "A" * 32, "A" * 3000, "ș", "%00", "' OR 1=1 --"])
def test_wrong_token_looks_like_a_closed_invitation(client, db, token):
    response = client.get(door(token))

    assert response.status_code == 404


def test_database_does_not_hold_the_token(invited):
    invitation, token = invited

    assert token not in str(Invitation.objects.filter(pk=invitation.pk).values())


def test_weak_password_is_refused_and_the_invitation_stays_open(client, invited):
    response = client.post(door(invited[1]), {**NEWCOMER, "password": "ioana"})

    assert response.status_code == 422
    assert client.get(door(invited[1])).status_code == 200


@pytest.mark.parametrize("name", ["", "   ", "\u200b"])
def test_name_is_needed(client, invited, name):
    assert client.post(door(invited[1]), {**NEWCOMER, "name": name}).status_code == 422


# --- People who have an account already -------------------------------------------------------------------------------


def test_existing_person_is_asked_to_sign_in_and_keeps_everything(client, stefan, ana):
    _invitation, token = invite_person(email="ANA@example.org", by=stefan)

    response = client.post(door(token), {**NEWCOMER, "password": "stolen-stolen-stolen"})

    assert response.status_code == 302
    assert response["Location"].startswith("/en/accounts/login/?next=%2Fen%2Finvitations%2F")
    ana.refresh_from_db()
    assert ana.name == "Ana Munteanu"
    assert ana.check_password(PASSWORD)


def test_existing_person_accepts_when_signed_in(browser_of, stefan, ana):
    invitation, token = invite_person(email="ana@example.org", by=stefan)

    response = browser_of(ana).post(door(token), {"name": "Not Ana", "password": "stolen-stolen-stolen"})

    assert response.status_code == 302
    invitation.refresh_from_db()
    assert invitation.accepted_by == ana
    ana.refresh_from_db()
    assert ana.name == "Ana Munteanu"


def test_nobody_accepts_an_invitation_of_somebody_else(browser_of, carol, invited):
    response = browser_of(carol).post(door(invited[1]))

    assert response.status_code == 422
    invited[0].refresh_from_db()
    assert invited[0].accepted is None


def test_service_never_overwrites_an_account(stefan, ana):
    _invitation, token = invite_person(email="ana@example.org", by=stefan)

    with pytest.raises(AccountsError) as refusal:
        accept_invitation(token=token, **NEWCOMER)

    assert refusal.value.code == "sign_in"


# --- Letters ----------------------------------------------------------------------------------------------------------


def test_letter_speaks_the_language_of_the_invited_and_holds_a_link_that_works(client, invited, settings):
    send_invitation.enqueue(invited[0].pk)

    letter = mail.outbox[0]
    link = re.search(rf"{settings.SITE_URL}(/ro/invitations/\S+/)", letter.body).group(1)
    assert letter.to == ["ioana@example.org"]
    assert "\n" not in letter.subject
    assert client.get(link).status_code == 200


def test_letter_sent_again_ends_the_older_link(client, invited):
    token = draw_token(invitation=invited[0])

    assert client.get(door(invited[1])).status_code == 404
    assert client.get(door(token)).status_code == 200


def test_no_letter_for_a_closed_invitation(invited):
    withdraw_invitation(invitation=invited[0])

    send_invitation.enqueue(invited[0].pk)

    assert mail.outbox == []


def test_accepted_invitation_cannot_be_withdrawn(client, invited):
    client.post(door(invited[1]), NEWCOMER)

    with pytest.raises(AccountsError) as refusal:
        withdraw_invitation(invitation=invited[0])

    assert refusal.value.code == "accepted"


def test_answering_invitations_is_throttled(client, db):
    for _ in range(20):
        client.post(door("guess"), NEWCOMER)

    assert client.post(door("guess"), NEWCOMER).status_code == 429
