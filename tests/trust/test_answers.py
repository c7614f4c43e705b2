"""Rules for every answer: trouble with the database, content policy, private caches, an expired form."""

import sqlite3

from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

import pytest

PROFILE = {"name": "Ana M.", "profession": "", "institution": "", "professional_code": "", "language": "ro"}


@pytest.fixture
def locked_database(transactional_db):
    """Give a function that keeps another process's write open, on SQLite."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no lock on the whole database.")
    connection.ensure_connection()
    connection.connection.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    yield lambda: other.execute("BEGIN IMMEDIATE")
    other.close()


def test_healthz_answers_while_the_database_does(client, db):
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": connection.vendor}


@pytest.mark.django_db(transaction=True)
def test_lost_connection_answers_503_and_the_next_request_works(client):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no connection to lose.")
    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    response = client.get("/healthz")

    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "5", "no-store")
    connection.close()  # What Django does between two requests.
    assert client.get("/healthz").status_code == 200


def test_locked_database_answers_503_and_saves_nothing(locked_database, browser_of, ana):
    browser = browser_of(ana)
    locked_database()

    page = browser.post(reverse("accounts:profile"), PROFILE)
    data = browser.post(reverse("accounts:profile"), PROFILE, headers={"accept": "application/json"})

    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert "short pause" in page.content.decode()
    assert (data.status_code, data.json()["state"]) == (503, "unavailable")
    ana.refresh_from_db()
    assert ana.name == "Ana Munteanu"


def test_database_trouble_outside_a_view_answers_503_too(locked_database):
    """Beginning to sign in with a passkey leaves a challenge in the session, which is saved after the view."""
    client = Client(raise_request_exception=False)
    locked_database()

    response = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})

    assert (response.status_code, response["Retry-After"]) == (503, "5")


def test_server_error_page_is_calm_and_needs_no_database(client, settings, rf):
    from lms.views import server_error

    response = server_error(rf.get("/"))

    assert response.status_code == 500
    assert "Traceback" not in response.content.decode()


# --- Content policy ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/en/accounts/login/", "/healthz", "/en/no-such-page/"])
def test_site_runs_no_inline_script_or_style(client, address):
    policy = client.get(address)["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "object-src 'none'" in policy


def test_cms_may_run_its_own_inline_script(browser_of, elena):
    policy = browser_of(elena).get("/cms/")["Content-Security-Policy"]

    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "default-src 'self'" in policy


@pytest.mark.django_db
def test_every_answer_says_not_to_sniff_and_not_to_tell_other_sites(client):
    response = client.get("/en/accounts/login/")

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


def test_answers_to_signed_in_people_are_kept_nowhere(browser_of, ana):
    assert browser_of(ana).get(reverse("accounts:profile"))["Cache-Control"] == "private, no-store"


# --- Forms ------------------------------------------------------------------------------------------------------------


def test_form_without_a_token_is_refused_calmly(ana):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)

    response = client.post(reverse("accounts:profile"), PROFILE)

    assert response.status_code == 403
    assert "open too long" in response.content.decode()
    ana.refresh_from_db()
    assert ana.name == "Ana Munteanu"
