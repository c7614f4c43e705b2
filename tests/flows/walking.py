"""The steps of the way, each through the door a person uses."""

import uuid

from django.urls import reverse

from bs4 import BeautifulSoup

from manual.models import ChapterPage
from quizzes.models import Attempt


def page(response):
    return BeautifulSoup(response.content, "html.parser")


def words(response):
    return " ".join(page(response).select_one("main").get_text(" ").split())


def read_everything(client):
    """Mark every chapter as read from its own page."""
    for chapter in ChapterPage.objects.filter(locale__language_code="en").order_by("path"):
        assert client.get(chapter.url).status_code == 200
        client.post(reverse("courses:mark_read", args=[chapter.pk]), {"read": "1"})


def answer_quiz(client, place, *, right):
    """Begin the quiz, answer every question, hand it in; give the page of the result."""
    client.post(reverse("quizzes:start", args=["m01-quiz"]), {"enrolment": place.uuid})
    attempt = Attempt.objects.latest("pk")
    for item in attempt.items.order_by("position"):
        rights = item.key["right"]
        wrong = [option["id"] for option in item.paper["options"] if option["id"] not in rights][:1]
        choice = rights if item.position <= right else wrong
        address = reverse("quizzes:question", args=[attempt.uuid, item.position])
        client.post(address, {"choice": choice, "sequence": 1})
    return client.post(reverse("quizzes:submit", args=[attempt.uuid]), follow=True)


def keep_register(client, session, participation, state, *, based=0):
    """Mark one person in the register."""
    key = participation.uuid
    sent = {"form": uuid.uuid4(), f"state-{key}": state, f"based-{key}": based}
    return client.post(reverse("attendance:register", args=[session.key]), sent, follow=True)
