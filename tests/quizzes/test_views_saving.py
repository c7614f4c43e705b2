"""What the script of a quiz page is told."""

import json
import uuid

from django.test import Client
from django.urls import reverse

import pytest

from quizzes import services
from quizzes.models import AnswerEvent
from quizzes.selectors import lines_of

JSON = {"Accept": "application/json"}


def options_of(attempt, position=1):
    return [option["id"] for option in attempt.items.get(position=position).paper["options"]]


def send(client, attempt, position=1, **changes):
    said = {"choices": [], "event_id": str(uuid.uuid4()), "sequence": 1} | changes
    if isinstance(said["choices"], list):
        said["choices"] = json.dumps(said["choices"])
    return client.post(reverse("quizzes:answer", args=[attempt.uuid, position]), said, headers=JSON)


def test_answer_is_acknowledged_with_its_time_and_sequence(browser_of, ana, attempt):
    chosen = options_of(attempt)[:1]

    said = send(browser_of(ana), attempt, choices=chosen)

    event = AnswerEvent.objects.get()
    assert said.status_code == 200
    assert said.json() == {"state": "saved", "at": event.received.isoformat(), "choices": chosen, "sequence": 1}


def test_older_answer_is_told_what_counts(browser_of, ana, attempt):
    client, (one, two) = browser_of(ana), options_of(attempt)[:2]
    send(client, attempt, choices=[two], sequence=2)

    said = send(client, attempt, choices=[one], sequence=1).json()

    assert (said["state"], said["choices"], said["sequence"]) == ("older", [two], 2)


def test_late_answer_is_a_conflict_with_the_way_to_the_result(browser_of, ana, attempt):
    client = browser_of(ana)
    services.submit_attempt(attempt=attempt, by=ana)

    said = send(client, attempt, choices=options_of(attempt)[:1])

    assert said.status_code == 409
    assert said.json()["state"] == "late"
    assert said.json()["result"] == reverse("quizzes:result", args=[attempt.uuid])
    assert AnswerEvent.objects.get().outcome == "late"


def test_signed_out_script_is_told_so_and_nothing_is_saved(client, attempt):
    said = send(client, attempt)

    assert said.status_code == 401
    assert said.json()["state"] == "signed_out"
    assert not AnswerEvent.objects.exists()


@pytest.mark.parametrize("who", ["mihai", "carol", "ingrid", "stefan"])
def test_somebody_elses_attempt_looks_like_one_that_does_not_exist(browser_of, request, attempt, who):
    client = browser_of(request.getfixturevalue(who))
    foreign = send(client, attempt)
    attempt.uuid = uuid.uuid4()

    missing = send(client, attempt)

    assert (foreign.status_code, foreign.json()) == (missing.status_code, missing.json())
    assert foreign.status_code == 404
    assert not AnswerEvent.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"choices": "no json"},
        {"choices": '"a"'},
        {"choices": "[1]"},
        {"choices": '["' + "a" * 70 + '"]'},
        {"choices": "[" * 2000},
        {"event_id": "x"},
        {"sequence": "x"},
        {"sequence": -1},
        {"sequence": 10**40},
        {"choices": ["nonsense"]},
    ],
)
def test_broken_message_is_refused(browser_of, ana, attempt, changes):
    assert send(browser_of(ana), attempt, **changes).status_code == 400
    assert not AnswerEvent.objects.exists()


def test_answer_to_a_question_that_does_not_exist_is_not_found(browser_of, ana, attempt):
    client = browser_of(ana)

    assert send(client, attempt, position=99).status_code == 404
    assert send(client, attempt, position=10**30).status_code == 404


def test_answer_without_a_token_is_turned_away(ana, attempt):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)

    assert send(client, attempt).status_code == 403


def test_state_tells_who_is_signed_in_without_saying_who(browser_of, client, ana, mihai, attempt):
    url = reverse("quizzes:state", args=[attempt.uuid])

    mine, theirs, nobody = (visitor.get(url).json() for visitor in [browser_of(ana), browser_of(mihai), client])

    assert mine["person"] == browser_of(ana).get(url).json()["person"]
    assert len({mine["person"], theirs["person"], nobody["person"]}) == 3
    assert nobody["person"] == ""
    assert len(mine["token"]) == 64


def test_state_gives_a_token_that_works(ana, attempt):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    token = client.get(reverse("quizzes:state", args=[attempt.uuid])).json()["token"]

    said = client.post(
        reverse("quizzes:answer", args=[attempt.uuid, 1]),
        {"choices": json.dumps(options_of(attempt)[:1]), "event_id": str(uuid.uuid4()), "sequence": 1},
        headers={"X-CSRFToken": token, **JSON},
    )

    assert said.status_code == 200


def test_question_page_carries_the_mark_of_its_person(browser_of, ana, attempt):
    client = browser_of(ana)
    mark = client.get(reverse("quizzes:state", args=[attempt.uuid])).json()["person"]

    page = client.get(reverse("quizzes:question", args=[attempt.uuid, 1])).content.decode()

    assert f'data-person="{mark}"' in page


def test_sheet_holds_every_question_of_an_open_attempt_and_none_of_a_closed_one(browser_of, ana, attempt):
    client, url = browser_of(ana), reverse("quizzes:sheet", args=[attempt.uuid])

    assert client.get(url).content.decode().count("<form") == 4

    services.submit_attempt(attempt=attempt, by=ana)
    assert client.get(url).content.decode().count("<form") == 0


def test_saving_an_answer_takes_few_queries(browser_of, ana, attempt, django_assert_max_num_queries):
    client, chosen = browser_of(ana), options_of(attempt)[:1]

    with django_assert_max_num_queries(8):
        send(client, attempt, choices=chosen)

    assert lines_of(attempt)[0].chosen == tuple(chosen)


def test_handing_in_takes_few_queries(browser_of, ana, attempt, django_assert_max_num_queries):
    client = browser_of(ana)

    with django_assert_max_num_queries(14):
        client.post(reverse("quizzes:submit", args=[attempt.uuid]))
