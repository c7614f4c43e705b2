"""Everybody knocks at every door of the CMS."""

import re
import sys
from fnmatch import fnmatchcase

from django.test import Client

from wagtail.models import Collection, Locale, Site

import pytest

from lms.policy import CMS_ROUTES, Who, audience_of, line_for, routes
from tests.trust.knocking import knock
from tests.trust.world import build_world

ROLES = {"elena": Who.EDITOR, "stefan": Who.COORDINATOR}
# What somebody's own visit leaves behind: their preferences, and that they have the page open.
OWN_TRACES = {
    "wagtailusers_userprofile",
    "wagtailadmin_editingsession",
    "wagtailadmin_formstate",
    "wagtailcore_pagesubscription",
}


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def clients(world, browser_of):
    clients = {"stranger": Client(), **{name: browser_of(person) for name, person in world.people.items()}}
    for client in clients.values():
        client.raise_request_exception = False
    return clients


def numbers(world):
    """For each family of routes, the number of a thing that exists."""
    things = world.things
    return {
        "wagtailimages*": things["image"].pk,
        "wagtaildocs*": things["document"].pk,
        "wagtailsnippets_pages_helpline*": things["helpline"].pk,
        "wagtailusers_users:*": world.people["ana"].pk,
        "organisation:*": things["organisation"].pk,
        "course-list:*": things["cohort"].course_id,
        "cohort-list:*": things["cohort"].pk,
        "project-list:*": things["cohort"].project_id,
        "wagtailadmin_collections:*": Collection.objects.last().pk,
        "wagtailsites:*": Site.objects.get().pk,
        "wagtaillocales:*": Locale.objects.first().pk,
        "*": things["chapter"].pk,
    }


def addresses(world):
    """Give every CMS route an address, with a thing that exists where it asks for one."""
    known = numbers(world)
    for name, path in routes().items():
        if line_for(name) not in CMS_ROUTES or name.startswith("cms/"):
            continue
        yield name, address_of(path, next(pk for family, pk in known.items() if fnmatchcase(name, family)))


def address_of(path, number):
    """Fill the blanks of a route's pattern: numbers where it asks for one, a letter for any other word."""

    def filled(match):
        return "x" if match[1] in {"str:", "slug:", "path:"} else str(number)

    return "/" + re.sub(r"\(\?P?<?\w*>?[^)]*\)|[\^$]", str(number), re.sub(r"<(\w+:)?\w+>", filled, path))


def test_matrix_of_the_cms(world, clients, capsys):
    unexpected, cells, count = [], 0, 0
    for name, address in addresses(world):
        audience = audience_of(name)
        count += 1
        for person in ("stranger", "ana", "elena", "stefan", "admin"):
            for method in ("GET", "POST"):
                cells += 1
                answer = knock(clients[person], method, address)
                cell = f"{name} {address} {person} {method} {answer.status}"
                let_in = person == "admin" or bool(ROLES.get(person) in audience)
                if Who.NOBODY in audience or not (let_in or Who.EVERYONE in audience):
                    if answer.status < 300:
                        unexpected.append(f"{cell} was let in")
                    if answer.written - OWN_TRACES:
                        unexpected.append(f"{cell} wrote {answer.written}")
                elif method == "GET" and answer.written - OWN_TRACES:
                    unexpected.append(f"{cell} wrote {answer.written}")
                if answer.status >= 500:
                    unexpected.append(f"{cell} broke")
    with capsys.disabled():
        sys.stdout.write(f"\n  {count} routes of the CMS, {cells} cells, {len(unexpected)} unexpected\n")
    if unexpected:
        pytest.fail("\n".join(unexpected))


@pytest.mark.parametrize("sent", [{}, {"title": "x"}], ids=["empty", "half"])
@pytest.mark.parametrize("door", ["/cms/pages/{}/edit/", "/cms/pages/{}/copy/", "/cms/choose-external-link/"])
def test_form_without_its_hidden_fields_is_refused_and_changes_nothing(world, clients, door, sent):
    answer = knock(clients["admin"], "POST", door.format(world.things["chapter"].pk), sent)

    assert (answer.status, answer.written - OWN_TRACES) == (400, set())


def test_external_link_is_taken_when_it_is_sent_whole(world, clients):
    sent = {"external-link-chooser-url": "https://example.org/", "external-link-chooser-link_text": "There"}

    answer = knock(clients["elena"], "POST", "/cms/choose-external-link/", sent)

    assert answer.response.json()["result"]["url"] == "https://example.org/"
