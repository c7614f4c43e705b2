"""The door of the CMS: a role first, then, where it is asked for, a second factor."""

import time

from django.urls import reverse

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time() // 30)))


@pytest.fixture
def secret(elena):
    """Elena's authenticator app."""
    EmailAddress.objects.create(user=elena, email=elena.email, primary=True, verified=True)
    secret = generate_totp_secret()
    TOTP.activate(elena, secret)
    return secret


def test_stranger_is_led_to_sign_in(client):
    response = client.get("/cms/")

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
    assert client.get(response["Location"]).headers["Location"].startswith("/en/accounts/login/")


def test_people_without_a_role_there_get_a_plain_no(browser_of, ana, ingrid, carol):
    for person in (ana, ingrid, carol):
        assert browser_of(person).get("/cms/").status_code == 403


def test_people_with_a_role_enter(browser_of, elena, stefan, admin):
    for person in (elena, stefan, admin):
        assert browser_of(person).get("/cms/").status_code == 200


def test_role_taken_away_closes_the_door_at_the_next_request(browser_of, elena):
    browser = browser_of(elena)
    assert browser.get("/cms/").status_code == 200

    elena.groups.clear()

    assert browser.get("/cms/").status_code == 403


def test_second_factor_is_set_up_before_the_door_opens(browser_of, elena, settings):
    settings.STAFF_SECOND_FACTOR = True

    response = browser_of(elena).get("/cms/pages/")

    assert response.status_code == 302
    assert response["Location"] == reverse("mfa_index")


def test_account_with_a_second_factor_shows_it_in_this_session(browser_of, elena, secret, settings):
    settings.STAFF_SECOND_FACTOR = True

    response = browser_of(elena).get("/cms/pages/")

    assert response["Location"] == f"{reverse('mfa_reauthenticate')}?next=%2Fcms%2Fpages%2F"


def test_door_opens_after_the_second_factor(client, elena, secret, settings):
    settings.STAFF_SECOND_FACTOR = True
    step = client.post("/en/accounts/login/", {"login": elena.email, "password": PASSWORD, "next": "/cms/"})
    assert step["Location"] == reverse("mfa_authenticate")

    response = client.post(step["Location"], {"code": code_of(secret)})

    assert response["Location"] == "/cms/"
    assert client.get("/cms/").status_code == 200


def test_second_factor_cannot_be_guessed_without_end(client, elena, secret):
    client.post("/en/accounts/login/", {"login": elena.email, "password": PASSWORD})

    statuses = [client.post(reverse("mfa_authenticate"), {"code": "000000"}).content for _ in range(11)]

    assert b"Too many" in statuses[-1]
    assert "_auth_user_id" not in client.session


def test_second_factor_is_asked_of_nobody_on_the_site(browser_of, elena, settings):
    settings.STAFF_SECOND_FACTOR = True

    assert browser_of(elena).get(reverse("accounts:profile")).status_code == 200
