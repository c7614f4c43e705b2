"""Canaries: strings that must never be seen in the wrong place, and a crawler that looks everywhere for them."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.core import mail
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

import pytest

from courses.services import record_evidence
from lms.policy import SITE
from pages.models import Document
from tests.factories.manual import ChapterPageFactory
from tests.trust.knocking import knock
from tests.trust.test_matrix import doors
from tests.trust.world import build_world, print_papers

WORD = "Kormoran"  # What the crawler types into the search; a canary is this word with a number.
LINK = re.compile(r'(?:href|src|action)="([^"#]+)')
NOT_FOLLOWED = ("/static/", "/cms/", "/i18n/", "/accounts/", "/documents/authenticate", "//")
MOST_PAGES = 200


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def canaries(world):
    """Plant one canary of every kind; say which string it is, and who may see it."""
    module = world.things["chapter"].get_parent()
    ana = world.people["ana"]

    ChapterPageFactory(parent=module, key="m01-8", slug="draft", title=f"{WORD} 8811", body="Kormoran 8812", live=False)
    closed = ChapterPageFactory(parent=module, key="m01-9", slug="closed", title=f"{WORD} 8821", body="Kormoran 8822")
    restriction = PageViewRestriction.objects.create(page=closed, restriction_type="groups")
    restriction.groups.set(world.people["elena"].groups.all())
    world.things["closed page"] = closed
    for page in (closed, module.get_children().get(slug="draft").specific):
        page.save_revision()
    edited = world.things["chapter"]
    live_title, edited.title = edited.title, f"{WORD} 8831"
    edited.save_revision()
    edited.title = live_title

    collection = Collection.get_first_root_node().add_child(name=f"{WORD} 8841")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="groups")
    world.things["closed file"] = Document.objects.create(
        title=f"{WORD} 8842", collection=collection, file=ContentFile(b"Kormoran 8843", "kormoran.pdf")
    )
    record_evidence(
        enrolment=world.things["enrolment"],
        kind="attendance",
        subject=world.things["session"].key,
        amount=0,
        recorded_by=world.people["ingrid"],
        note=f"{WORD} 8851",
    )
    print_papers(world)
    editors, around_ana = {"elena", "admin"}, {"ana", "ingrid", "stefan", "admin"}
    return {
        f"{WORD} 8811": editors,  # the title of a draft
        f"{WORD} 8812": editors,  # its text
        f"{WORD} 8821": editors,  # the title of a page of a group
        f"{WORD} 8822": editors,
        f"{WORD} 8831": editors,  # a change that is not published
        f"{WORD} 8841": editors,
        f"{WORD} 8842": editors,  # a document of a closed collection
        f"{WORD} 8843": editors,
        f"{WORD} 8851": around_ana,  # what a trainer noted about Ana
        "CANARY-feedback": {"ana", "ingrid", "stefan"},  # of the closed attempt, see below
        ana.email: around_ana,
        ana.name: around_ana,
    }


def crawl(client, start):
    """Follow every link from some pages, and give what was read under each address."""
    waiting, seen = list(start), {}
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        if address in seen:
            continue
        answer = knock(client, "GET", address)
        seen[address] = unescape(answer.words)
        for link in LINK.findall("" if answer.is_pdf else answer.said()[1]):
            path = urlsplit(urljoin(address, unescape(link)))
            if not path.netloc and not any(part in path.path for part in NOT_FOLLOWED):
                waiting.append(path.path + (f"?{path.query}" if path.query else ""))
    return seen


def start_addresses(world):
    """Begin everywhere: each route with Ana's things, the files' own addresses, and the search."""
    known = doors(world)
    addresses = [reverse(route, args=known.get(route, ([],))[0]) for route in SITE]
    files = [world.things["closed file"].file.url, world.things["closed file"].url, world.things["image"].file.url]
    closed = world.things["closed page"].url
    pages = ["/", "/en/", closed, closed.replace("closed", "draft"), f"/en/manual/search/?q={WORD}", "/sitemap.xml"]
    return [*addresses, *files, *pages]


@pytest.mark.parametrize("name", ["stranger", "mihai", "petra", "stefan"])
def test_no_canary_is_seen_by_the_wrong_person(world, canaries, browser_of, caplog, name):
    client = Client() if name == "stranger" else browser_of(world.people[name])
    client.raise_request_exception = False

    read = crawl(client, start_addresses(world))

    leaks = [
        f"{canary} at {address}"
        for canary, allowed in canaries.items()
        if name not in allowed
        for address, body in read.items()
        if canary in body
    ]
    assert "\n".join(leaks) == ""
    assert len(read) > 20
    module = world.things["chapter"].get_parent()
    for page in (module, world.things["chapter"]):  # found by following links, and read
        assert page.title in read[f"/en/manual/print/{page.pk}.pdf"]


def test_answers_of_an_open_attempt_are_nowhere_before_it_is_closed(world, browser_of):
    attempt = world.things["attempt"]
    args = {"quizzes:question": [attempt.uuid, 1]}
    names = ["attempt", "question", "sheet", "state", "review", "result"]
    for person in ("ana", "ingrid", "stefan", "admin"):
        client = browser_of(world.people[person])
        for name in names:
            route = f"quizzes:{name}"
            body = knock(client, "GET", reverse(route, args=args.get(route, [attempt.uuid]))).said()[1]

            assert "CANARY" not in body, (person, name)


def test_crawler_finds_what_it_may_see(world, canaries, browser_of):
    """A crawler that finds nothing proves nothing."""
    read = "".join(crawl(browser_of(world.people["ingrid"]), start_addresses(world)).values())

    assert world.people["ana"].name in read


def test_crawler_reads_what_stands_in_papers(world, browser_of):
    known = doors(world)
    sheet = reverse("attendance:sign_in_sheet", args=known["attendance:sign_in_sheet"][0])
    certificate = reverse("certificates:download", args=known["certificates:download"][0])
    chapter = reverse("manual:page_pdf", args=known["manual:page_pdf"][0])
    client = browser_of(world.people["stefan"])

    read = {address: knock(client, "GET", address).words for address in (sheet, certificate, chapter)}

    ana, certified = world.people["ana"].name, world.things["certificate"]
    assert (ana in read[sheet], ana in read[certificate], ana in read[chapter]) == (True, True, False)
    assert certified.number in read[certificate]
    assert world.things["chapter"].title in read[chapter]


def test_letters_carry_no_canary(world, canaries):
    text = "".join(f"{letter.subject}{letter.body}" for letter in mail.outbox)

    assert [canary for canary in canaries if canary in text] == []
