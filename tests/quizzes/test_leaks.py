"""Nothing a trainee can open says what is right before the attempt is closed."""

import json
import re
import uuid

from django.db import connection
from django.urls import reverse

import pytest

from quizzes import services
from quizzes.models import QuizPage
from tests.factories.quizzes import answer, right_choices, wrong_choices


def bodies(client, attempt):
    """Everything an open attempt answers with: pages, the sheet, what scripts are told, headers included."""
    said = [client.get(QuizPage.objects.get(locale__language_code="en").url)]
    said += [client.get(reverse(f"quizzes:{name}", args=[attempt.uuid])) for name in ("sheet", "state", "review")]
    for item in attempt.items.order_by("position"):
        url = reverse("quizzes:question", args=[attempt.uuid, item.position])
        said.append(client.get(url))
        for choices in (right_choices(item), wrong_choices(item)):
            message = {"event_id": uuid.uuid4(), "sequence": 1, "choices": json.dumps(choices)}
            said.append(client.post(reverse("quizzes:answer", args=[attempt.uuid, item.position]), message))
        said.append(client.post(url, {"choice": ["nonsense"], "sequence": 3}))
    said.append(client.get(reverse("courses:my_learning")))
    return [f"{response.headers}{response.content.decode()}" for response in said]


def test_no_answer_before_closing_carries_feedback_or_keys(browser_of, ana, attempt):
    for body in bodies(browser_of(ana), attempt):
        assert "CANARY" not in body
        assert not re.search(r"m01-q\d\d", body)
        assert attempt.seed not in body


def test_right_and_wrong_answers_are_acknowledged_alike(browser_of, ana, attempt):
    client, item = browser_of(ana), attempt.items.get(position=1)

    def told(choices, sequence):
        message = {"event_id": uuid.uuid4(), "sequence": sequence, "choices": json.dumps(choices)}
        response = client.post(reverse("quizzes:answer", args=[attempt.uuid, 1]), message)
        said = response.json()
        return response.status_code, {name: said[name] for name in said if name not in {"at", "choices", "sequence"}}

    assert told(right_choices(item)[:1], 1) == told(wrong_choices(item), 2)


def test_page_is_the_same_whichever_option_is_right(browser_of, ana, attempt):
    """The same question with the key turned round draws the same page, to the byte."""
    client, url = browser_of(ana), reverse("quizzes:question", args=[attempt.uuid, 1])

    def page():
        return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", client.get(url).content.decode())

    before, item = page(), attempt.items.get(position=1)
    key = {**item.key, "right": wrong_choices(item), "feedback": {}, "explanation": ""}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE quizzes_attemptitem SET key = %s WHERE id = %s", [json.dumps(key), item.pk])

    assert page() == before


@pytest.mark.parametrize("who", ["ana", "ingrid"])
def test_everything_is_told_once_the_attempt_is_closed(browser_of, request, ana, attempt, who):
    item = attempt.items.get(position=1)
    answer(attempt, 1, wrong_choices(item))
    services.submit_attempt(attempt=attempt, by=ana)

    page = browser_of(request.getfixturevalue(who)).get(reverse("quizzes:result", args=[attempt.uuid]))

    assert "CANARY-feedback" in page.content.decode()
    assert "CANARY-explanation" in page.content.decode()


def test_test_questions_are_found_by_no_public_page(client, homes, quiz):
    for page in ["/en/", "/en/manual/", "/en/manual/what-trafficking-is/", "/en/manual/search/?q=asked"]:
        body = client.get(page, follow=True).content.decode()

        assert "What is asked in question" not in body
        assert "CANARY" not in body
