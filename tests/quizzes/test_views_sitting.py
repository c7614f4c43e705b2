"""An attempt page by page, by a client without a script."""

import datetime as dt
import re
import uuid

from django.urls import reverse
from django.utils import timezone

import pytest

from courses.services import leave
from quizzes import services
from quizzes.models import Attempt, QuizPage
from quizzes.selectors import lines_of
from tests.factories.courses import enrolment_of
from tests.factories.quizzes import (
    answer,
    answer_all,
    attempt_of,
    cohort_asking,
    finished_attempt,
    lay_out_quiz,
    question_file,
)


def options_of(attempt, position=1):
    return [option["id"] for option in attempt.items.get(position=position).paper["options"]]


def url(name, attempt, *args):
    return reverse(f"quizzes:{name}", args=[attempt.uuid, *args])


def page_of(language="en"):
    return QuizPage.objects.get(locale__language_code=language).url


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_whole_quiz_without_a_script(browser_of, ana, place, quiz):
    client = browser_of(ana)
    start = client.get(page_of())
    assert "Begin the quiz" in text_of(start)

    opened = client.post(reverse("quizzes:start", args=["m01-quiz"]), {"enrolment": place.uuid}, follow=True)
    attempt = Attempt.objects.get()
    assert opened.redirect_chain[-1][0] == url("question", attempt, 1)

    for item in attempt.items.order_by("position"):
        where = client.post(url("question", attempt, item.position), {"choice": item.key["right"], "sequence": 1})
    assert where.url == url("review", attempt)
    assert "Every question has an answer." in text_of(client.get(where.url))

    result = client.post(url("submit", attempt), follow=True)

    assert result.redirect_chain == [(url("result", attempt), 302)]
    assert "You have passed" in text_of(result)
    assert "100%" in text_of(result)


@pytest.mark.parametrize("languages", [["en", "ro"]])
def test_start_in_romanian_serves_romanian(browser_of, ana, place):
    browser_of(ana).post("/ro/quizzes/m01-quiz/start/", {"enrolment": place.uuid})

    assert Attempt.objects.get().language == "ro"


def test_page_in_another_language_says_that_the_attempt_keeps_its_own(browser_of, ana, attempt):
    page = browser_of(ana).get(f"/ro/quizzes/{attempt.uuid}/1/")

    assert page.context["attempt"].language == "en"
    assert re.search(r'<span lang="en">What is asked in question \d', page.content.decode())
    assert "quiz__language" in page.content.decode()


def test_start_is_refused_with_a_sentence_during_the_pause(browser_of, ana, place, quiz):
    finished_attempt(place, quiz, right=1)

    page = browser_of(ana).post(reverse("quizzes:start", args=["m01-quiz"]), {"enrolment": place.uuid}, follow=True)

    assert page.redirect_chain[-1][0] == page_of()
    assert "You may try again from" in text_of(page)
    assert "Europe/Bucharest" in text_of(page)
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize(
    "posted", [{}, {"enrolment": "x"}, {"enrolment": uuid.uuid4()}], ids=["none", "bad", "unknown"]
)
def test_start_without_a_place_of_ones_own_is_not_found(browser_of, ana, place, posted):
    assert browser_of(ana).post(reverse("quizzes:start", args=["m01-quiz"]), posted).status_code == 404


def test_start_on_somebody_elses_place_is_not_found(browser_of, mihai, place):
    posted = browser_of(mihai).post(reverse("quizzes:start", args=["m01-quiz"]), {"enrolment": place.uuid})

    assert posted.status_code == 404
    assert not Attempt.objects.exists()


def test_question_shows_what_was_saved_and_when(browser_of, ana, attempt):
    client, chosen = browser_of(ana), options_of(attempt)[:1]
    client.post(url("question", attempt, 1), {"choice": chosen, "sequence": 1})

    page = client.get(url("question", attempt, 1)).content.decode()

    assert f'value="{chosen[0]}" checked' in page
    assert re.search(r"Saved at \d\d:\d\d", page)
    assert 'name="sequence" value="2"' in page


def test_going_on_without_an_answer_saves_nothing(browser_of, ana, attempt):
    moved = browser_of(ana).post(url("question", attempt, 1), {"sequence": 1})

    assert moved.url == url("question", attempt, 2)
    assert not attempt.events.exists()


def test_form_sent_twice_is_one_answer(browser_of, ana, attempt):
    client, said = browser_of(ana), {"choice": options_of(attempt)[:1], "sequence": 1}

    assert client.post(url("question", attempt, 1), said).url == client.post(url("question", attempt, 1), said).url
    assert attempt.events.count() == 1


def test_form_from_an_older_window_changes_nothing_and_says_so(browser_of, ana, attempt):
    client, (one, two) = browser_of(ana), options_of(attempt)[:2]
    client.post(url("question", attempt, 1), {"choice": [one], "sequence": 1})

    page = client.post(url("question", attempt, 1), {"choice": [two], "sequence": 1}, follow=True)

    assert "A newer answer to this question was already saved" in text_of(page)
    assert lines_of(attempt)[0].chosen == (one,)


def test_unknown_choice_shows_the_question_again_with_an_error(browser_of, ana, attempt):
    page = browser_of(ana).post(url("question", attempt, 1), {"choice": ["nonsense"], "sequence": 1})

    assert page.status_code == 200
    assert "does not belong to this question" in text_of(page)
    assert not attempt.events.exists()


def test_form_sent_after_handing_in_is_told_it_came_too_late(browser_of, ana, attempt):
    client, chosen = browser_of(ana), options_of(attempt)[:1]
    client.post(url("submit", attempt))

    page = client.post(url("question", attempt, 1), {"choice": chosen, "sequence": 1}, follow=True)

    assert page.redirect_chain[-1][0] == url("result", attempt)
    assert "does not count" in text_of(page)


def test_review_names_what_is_unanswered(browser_of, ana, attempt):
    answer(attempt, 2, options_of(attempt, 2)[:1])

    page = browser_of(ana).get(url("review", attempt))

    assert "3 questions have no answer yet." in text_of(page)
    assert page.content.decode().count('aria-label="No answer yet"') == 3


def test_going_on_opens_the_first_question_without_an_answer(browser_of, ana, attempt):
    answer(attempt, 1, options_of(attempt)[:1])

    assert browser_of(ana).get(url("attempt", attempt)).url == url("question", attempt, 2)


def test_handing_in_twice_shows_the_same_result(browser_of, ana, attempt):
    client = browser_of(ana)

    assert client.post(url("submit", attempt)).url == client.post(url("submit", attempt)).url
    assert attempt.grades.count() == 1


def test_overdue_attempt_opens_as_a_result(browser_of, homes, ana):
    quiz = lay_out_quiz(homes, said=question_file(time_limit=30))
    place = enrolment_of(ana, cohort_asking(quiz))
    attempt = attempt_of(place, quiz, now=timezone.now() - dt.timedelta(hours=1))

    page = browser_of(ana).get(url("question", attempt, 1), follow=True)

    assert page.redirect_chain[-1][0] == url("result", attempt)
    assert Attempt.objects.get().state == "closed"


def test_who_has_left_is_led_away(browser_of, ana, attempt):
    leave(enrolment=attempt.enrolment, by=ana)
    client = browser_of(ana)

    assert client.get(url("question", attempt, 1)).url == reverse("courses:my_learning")
    assert client.post(url("submit", attempt)).url == reverse("courses:my_learning")
    assert Attempt.objects.get().is_open


def test_passage_opens_the_chapter(browser_of, ana, attempt):
    item = attempt.items.get(position=1)
    slug = "three-elements" if item.key["chapter"] == "m01-1" else "forms"

    assert browser_of(ana).get(url("passage", attempt, 1)).url.endswith(f"/{slug}/")


def test_result_lists_what_was_wrong_first_with_the_way_to_the_passage(browser_of, ana, attempt):
    answer_all(attempt, right=3)
    services.submit_attempt(attempt=attempt, by=ana)

    page = browser_of(ana).get(url("result", attempt)).content.decode()

    assert page.index("Worth a second look") < page.index('<h2 class="section__title">Right</h2>')
    wrong = attempt.items.get(position=4)
    assert f"#{wrong.key['anchor']}" in page
    assert wrong.key["label"] in page


PAGES = ["attempt", "review", "sheet"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["mihai", "carol", "ingrid", "elena", "stefan"])
def test_open_attempt_is_nobody_elses(browser_of, request, attempt, who, name):
    client = browser_of(request.getfixturevalue(who))

    assert client.get(url(name, attempt)).status_code == 404
    assert client.post(url("submit", attempt)).status_code == 404
    for page in [url("question", attempt, 1), url("passage", attempt, 1)]:
        assert client.get(page).status_code == 404


def test_visitors_are_asked_to_sign_in(client, attempt):
    for page in [*(url(name, attempt) for name in PAGES), url("question", attempt, 1), page_of()]:
        assert reverse("account_login") in client.get(page).url


@pytest.mark.parametrize("number", [0, 5, 10**30])
def test_question_that_does_not_exist_is_not_found(browser_of, ana, attempt, number):
    client = browser_of(ana)

    for page in [f"/en/quizzes/{attempt.uuid}/{number}/", f"/en/quizzes/{attempt.uuid}/{number}/read/"]:
        assert client.get(page).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("ana", 200), ("ingrid", 200), ("elena", 200), ("stefan", 200), ("mihai", 404), ("carol", 404)]
)
def test_quiz_page_is_for_those_it_is_asked_of_and_those_who_keep_it(browser_of, request, place, who, status):
    assert browser_of(request.getfixturevalue(who)).get(page_of()).status_code == status


def test_opening_a_question_takes_few_queries(browser_of, ana, attempt, django_assert_max_num_queries):
    client = browser_of(ana)
    client.get(url("question", attempt, 1))

    with django_assert_max_num_queries(5):
        client.get(url("question", attempt, 2))


def test_language_switch_leads_to_the_same_question(browser_of, ana, attempt):
    client = browser_of(ana)
    client.get(url("question", attempt, 1))

    page = client.get(url("question", attempt, 2)).content.decode()

    assert f'href="/ro/quizzes/{attempt.uuid}/2/"' in page
