"""No form is taken without its token, and doors for signed-in people ask strangers to sign in."""

from django.test import Client
from django.urls import reverse

import pytest

from lms.policy import LIBRARIES, SITE, Who, audience_of, line_for, routes
from tests.trust.knocking import knock
from tests.trust.test_matrix import doors
from tests.trust.world import build_world

# The public check changes nothing and may be asked from anywhere, also from a saved page.
WITHOUT_TOKEN = {"verify:form", "verify:file", "verify:certificate"}


@pytest.fixture
def world(db):
    return build_world()


def test_no_form_of_ours_is_taken_without_its_token(world):
    known = doors(world)
    taken = []
    for person in (world.people["admin"], world.people["ana"]):
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.force_login(person)
        for route in set(SITE) - WITHOUT_TOKEN:
            args, _missing, data = known.get(route, ([], None, {}))
            answer = knock(client, "POST", reverse(route, args=args), data)
            if answer.status not in {403, 405} or answer.written:
                taken.append(f"{route} {person} {answer.status} {answer.written}")

    assert taken == []


def test_public_check_changes_nothing(world):
    known = doors(world)
    for route in WITHOUT_TOKEN:
        args, _missing, data = known.get(route, ([], None, {}))

        assert knock(Client(), "POST", reverse(route, args=args), data).written == set()


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_doors_of_libraries_ask_strangers_to_sign_in(method):
    opened = []
    for name in routes():
        if line_for(name) not in LIBRARIES or audience_of(name) != {Who.SIGNED_IN}:
            continue
        args = [1] if name in {"mfa_remove_webauthn", "mfa_edit_webauthn"} else []
        answer = knock(Client(), method, reverse(name, args=args))
        if not answer.leads_to_sign_in:
            opened.append(f"{name} {answer.status}")

    assert opened == []


@pytest.mark.django_db
@pytest.mark.parametrize("door", ["/en/_util/login/", "/cms/login/", "/cms/password_reset/"])
def test_second_doors_lead_to_our_own(door):
    answer = knock(Client(), "POST", door, {"username": "x", "password": "x"})

    assert answer.response["Location"].startswith("/en/accounts/")


@pytest.mark.django_db
def test_page_of_wagtail_that_breaks_on_purpose_is_walled_up(client):
    assert client.get("/cms/failwhale/", follow=True).status_code == 404
