"""Everybody knocks at every door of the site: with Ana's things, and with things that do not exist."""

import sys

from django.test import Client
from django.urls import reverse

import pytest

from lms.policy import SITE, Who, audience_of
from tests.trust.knocking import knock
from tests.trust.world import NOWHERE, PETRA, build_world, print_papers

METHODS = ["GET", "POST"]
RARE_METHODS = ["HEAD", "PUT", "PATCH", "DELETE"]  # Tried by some people, which is enough.
SAFE = {"GET", "HEAD"}
REFUSED = {401, 403, 404, 405}
# What these doors give to those who are let in.
PAPERS = {"attendance:sign_in_sheet", "certificates:download", "manual:page_pdf"}
# Who stands in which relation to Ana's things; everybody else is somebody else.
RELATIONS = {"ana": Who.OWNER, "ingrid": Who.TRAINER, "stefan": Who.COORDINATOR, "admin": Who.ADMINISTRATOR}
EVERYBODY = ["stranger", "ana", "mihai", "carol", "ingrid", PETRA.email.split("@")[0], "elena", "stefan", "admin"]


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def clients(world, browser_of):
    """A browser for each of the people, and one for a stranger; a broken view answers 500 instead of raising."""
    clients = {"stranger": Client(), **{name: browser_of(person) for name, person in world.people.items()}}
    for client in clients.values():
        client.raise_request_exception = False
    return clients


def doors(world):
    """For each route with a thing in its address: Ana's, one that is missing, and what a proper form would send."""
    things = world.things
    cohort = ([things["cohort"].key], ["no-such-cohort"], {})
    attempt = ([things["attempt"].uuid], [NOWHERE], {})
    numbered = ([things["attempt"].uuid, 1], [NOWHERE, 1], {})
    session = ([things["session"].key], [NOWHERE], {})
    visit = ([things["visit"].key], ["no-such-visit"], {})
    certificate = ([things["certificate"].uuid], [NOWHERE], {"reason": "Because."})
    closed = ([things["closed"].uuid], [NOWHERE], {})
    saving = {"event_id": str(NOWHERE), "sequence": "1", "choices": "[]"}
    return {
        "media": ([things["image"].file.name], ["original_images/none.jpg"], {}),
        "invitation": ([things["invitation"]], ["none"], {"name": "X", "password": "x"}),
        "manual:read": ([things["chapter"].url.removeprefix("/en/manual/")], ["no/such/page/"], {}),
        "manual:step": ([things["scenario"].url.removeprefix("/en/manual/"), "water"], ["no/such/page/", "water"], {}),
        "manual:to_page": (["m01-1"], ["none"], {}),
        "manual:tag": (["none"], ["nothing"], {}),
        "manual:page_pdf": ([things["chapter"].pk], [999_999], {}),
        "courses:mark_read": ([things["chapter"].pk], [999_999], {"read": "1"}),
        "courses:enrolment": ([things["enrolment"].uuid], [NOWHERE], {}),
        "courses:cohort": cohort,
        "courses:cohort_people": cohort,
        "courses:cohort_rule": cohort,
        "quizzes:start": ([things["quiz"].key], ["none"], {"enrolment": str(things["enrolment"].uuid)}),
        "quizzes:results": cohort,
        "quizzes:attempt": attempt,
        "quizzes:question": numbered,
        "quizzes:answer": (*numbered[:2], saving),
        "quizzes:passage": numbered,
        "quizzes:sheet": attempt,
        "quizzes:state": attempt,
        "quizzes:review": attempt,
        "quizzes:submit": attempt,
        "quizzes:result": closed,
        "attendance:visit": visit,
        "attendance:agenda_calendar": visit,
        "attendance:register": session,
        "attendance:people": session,
        "attendance:correction": (
            [things["session"].key, things["participation"].uuid],
            [NOWHERE, NOWHERE],
            {"state": "absent", "reason": "Because."},
        ),
        "attendance:reopen": session,
        "attendance:sign_in_sheet": session,
        "certificates:download": certificate,
        "certificates:revoke": certificate,
        "certificates:replace": certificate,
        "certificates:cohort": cohort,
        "verify:certificate": ([things["certificate"].token], ["0" * 26], {"name": "Ana Munteanu"}),
    }


def is_let_in(name, audience):
    """Whether the table opens a door with Ana's things to somebody."""
    if Who.EVERYONE in audience:
        return True
    if name == "stranger" or Who.NOBODY in audience:
        return False
    if audience == {Who.OWNER}:
        return RELATIONS.get(name) is Who.OWNER  # Nobody answers a quiz for somebody else.
    if name == "admin":
        return audience != {Who.OWNER}
    return Who.SIGNED_IN in audience or RELATIONS.get(name) in audience


def test_every_door_with_a_thing_in_its_address_is_knocked_at(world):
    needs_args = set()
    for route in SITE:
        try:
            reverse(route)
        except Exception:
            needs_args.add(route)

    assert needs_args == set(doors(world))


def test_matrix(world, clients, capsys):
    print_papers(world)
    known = doors(world)
    unexpected, cells = [], 0

    def expect(condition, *cell):
        if not condition:
            unexpected.append(" ".join(str(part) for part in cell))

    for route in SITE:
        audience = audience_of(route)
        args, missing, data = known.get(route, ([], None, {}))
        for name in EVERYBODY:
            for method in METHODS + (RARE_METHODS if name in {"stranger", "carol", "admin"} else []):
                cells += 1
                answer = knock(clients[name], method, reverse(route, args=args), data)
                cell = (route, name, method, answer.status)
                expect(answer.status < 500, *cell, "broke")
                if method in SAFE:
                    expect(not answer.written, *cell, "wrote", answer.written)
                if not is_let_in(name, audience):
                    expect(answer.status in REFUSED or answer.leads_to_sign_in, *cell, "was let in")
                    expect(not answer.written, *cell, "wrote", answer.written)
                    if missing is not None:
                        nothing = knock(clients[name], method, reverse(route, args=missing), data)
                        same = answer.said(*args) == nothing.said(*missing) or (
                            answer.leads_to_sign_in and nothing.leads_to_sign_in
                        )
                        expect(same, *cell, "differs from a missing one:", nothing.status)
                elif Who.EVERYONE not in audience and method in {"GET", "POST"}:
                    expect(answer.status not in {401, 403, 404}, *cell, "was kept out")
                    expect(not answer.leads_to_sign_in, *cell, "was sent to sign in")
                if route in PAPERS and method == "GET" and is_let_in(name, audience):
                    expect(answer.is_pdf and answer.body.startswith(b"%PDF-"), *cell, "is no paper")

    with capsys.disabled():
        sys.stdout.write(f"\n  {len(SITE)} routes of our own, {cells} cells, {len(unexpected)} unexpected\n")
    if unexpected:
        pytest.fail("\n".join(unexpected))
