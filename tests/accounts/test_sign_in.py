"""Signing in: one door, the same answer for everybody who fails, a throttle all processes share."""

import re

from django.core import mail
from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

import pytest
from allauth.account.models import EmailAddress

from tests.cast import PASSWORD
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def login(client, email, password=PASSWORD, **extra):
    return client.post("/en/accounts/login/", {"login": email, "password": password}, **extra)


def confirmed(user):
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def without_tokens(response):
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", response.content)


@pytest.fixture
def ana(ana):
    return confirmed(ana)


def test_sign_in_with_email_and_password_opens_a_session(client, ana):
    response = login(client, "Ana@Example.org")

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(ana.pk)


def test_sign_in_leads_back_only_to_addresses_of_our_own(client, ana):
    response = client.post(
        "/en/accounts/login/", {"login": ana.email, "password": PASSWORD, "next": "https://evil.example/"}
    )

    assert response.status_code == 302
    assert "evil.example" not in response["Location"]


def test_sign_in_gives_unknown_people_and_wrong_passwords_the_same_answer(client, ana):
    wrong = login(client, ana.email, "not-her-password")
    unknown = login(client, "who@example.org", "not-her-password")

    assert (wrong.status_code, without_tokens(wrong).replace(ana.email.encode(), b"")) == (
        unknown.status_code,
        without_tokens(unknown).replace(b"who@example.org", b""),
    )


def test_sign_in_refuses_the_right_password_after_five_wrong_ones(client, ana):
    for _ in range(5):
        login(client, ana.email, "not-her-password")

    login(client, ana.email)

    assert "_auth_user_id" not in client.session


def test_sign_in_counts_wrong_passwords_over_all_addresses_from_one_machine(client, ana):
    for number in range(10):
        login(client, f"guess{number}@example.org", "not-her-password")

    login(client, ana.email)

    assert "_auth_user_id" not in client.session


def test_throttles_are_kept_where_all_processes_see_them():
    assert isinstance(cache._connections[cache._alias], DatabaseCache)


def test_password_reset_says_the_same_for_unknown_people_and_writes_to_the_known(client, ana):
    known = client.post("/en/accounts/password/reset/", {"email": ana.email})
    unknown = client.post("/en/accounts/password/reset/", {"email": "who@example.org"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [[ana.email]]


def test_password_reset_is_throttled(client, ana):
    for _ in range(5):
        client.post("/en/accounts/password/reset/", {"email": ana.email})

    response = client.post("/en/accounts/password/reset/", {"email": ana.email})

    assert response.status_code == 429
    assert len(mail.outbox) == 5


def test_asking_for_the_password_again_is_throttled(browser_of, ana):
    browser = browser_of(ana)

    statuses = [
        browser.post("/en/accounts/reauthenticate/", {"password": "not-her-password"}).status_code for _ in range(11)
    ]

    assert statuses[-1] == 429


@pytest.mark.parametrize(("door", "leads_to"), [("/cms/login/", "login"), ("/cms/password_reset/", "password/reset")])
@pytest.mark.parametrize("method", ["get", "post"])
def test_cms_has_no_sign_in_of_its_own(client, ana, door, leads_to, method):
    response = getattr(client, method)(door, {"username": ana.email, "password": PASSWORD})

    assert response.status_code == 302
    assert response["Location"].startswith(f"/en/accounts/{leads_to}/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("method", ["get", "post"])
def test_self_registration_is_closed(client, method, django_user_model):
    details = {"email": "new@example.org", "password1": "a-long-enough-password"}

    response = getattr(client, method)("/en/accounts/signup/", details)

    assert response.status_code == 200
    assert b"<form" not in response.content.split(b"<main")[1].split(b"</main>")[0]
    assert not django_user_model.objects.filter(email="new@example.org").exists()


def test_no_route_signs_people_up():
    from django.urls import NoReverseMatch

    for name in ["mfa_signup_webauthn", "account_signup_by_passkey"]:
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_first_administrator_made_on_the_command_line_can_sign_in(client, monkeypatch, django_user_model):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", email="Astrid@example.org", name="Astrid Haugen", interactive=False, verbosity=0)

    login(client, "astrid@example.org")

    astrid = django_user_model.objects.get(email="astrid@example.org")
    assert client.session["_auth_user_id"] == str(astrid.pk)


# --- Sessions end -----------------------------------------------------------------------------------------------------


def test_session_ends_when_the_account_is_closed(browser_of, ana):
    browser = browser_of(ana)
    assert browser.get(reverse("accounts:profile")).status_code == 200

    ana.is_active = False
    ana.save()

    assert browser.get(reverse("accounts:profile")).status_code == 302


def test_other_sessions_end_when_the_password_changes(browser_of, ana):
    here, elsewhere = browser_of(ana), browser_of(ana)

    response = here.post(
        "/en/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "another-long-password", "password2": "another-long-password"},
    )

    assert response.status_code == 302
    assert here.get(reverse("accounts:profile")).status_code == 200
    assert elsewhere.get(reverse("accounts:profile")).status_code == 302


def test_closed_account_cannot_sign_in(client, ana):
    ana.is_active = False
    ana.save()

    login(client, ana.email)

    assert "_auth_user_id" not in client.session


# --- Demonstration accounts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("demo", "host", "peer", "opens"),
    [
        (True, "localhost:8000", "127.0.0.1", True),
        (True, "127.0.0.1", "127.0.0.1", True),
        (True, "testserver", "127.0.0.1", False),
        (True, "localhost", "203.0.113.7", False),
        (False, "localhost", "127.0.0.1", False),
    ],
    ids=["here", "here by number", "public name", "name forged from far away", "no demonstration"],
)
def test_demonstration_account_opens_only_in_the_demonstration_on_this_machine(settings, demo, host, peer, opens):
    settings.DEMO = demo
    confirmed(UserFactory(email="demo@example.org", is_demo=True))
    client = Client(HTTP_HOST=host, REMOTE_ADDR=peer)

    login(client, "demo@example.org")

    assert ("_auth_user_id" in client.session) is opens


def test_demonstration_session_ends_with_the_demonstration(settings, browser_of):
    settings.DEMO = True
    browser = browser_of(UserFactory(is_demo=True))
    assert browser.get(reverse("accounts:profile")).status_code == 200

    settings.DEMO = False

    assert browser.get(reverse("accounts:profile")).status_code == 302
