"""What those who run a cohort see of its quizzes, and what other apps' pages show."""

import re

from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from manual.models import ChapterPage, ModulePage
from quizzes.models import QuizPage
from tests.factories.accounts import UserFactory
from tests.factories.courses import enrolment_of
from tests.factories.quizzes import attempt_of, cohort_asking, finished_attempt


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def results_of(client):
    return client.get(reverse("quizzes:results", args=["iasi"]))


def test_trainer_sees_everybody_with_their_attempts(browser_of, ingrid, place, quiz, cohort):
    finished_attempt(place, quiz, right=3)
    attempt_of(enrolment_of(UserFactory(name="Beate Moe"), cohort), quiz)
    enrolment_of(UserFactory(name="Cecilie Lie"), cohort)

    page = text_of(results_of(browser_of(ingrid)))

    assert re.search(r"Ana Munteanu 75% Passed Attempt 1: 75%", page)
    assert re.search(r"Beate Moe – An attempt is open –", page)
    assert re.search(r"Cecilie Lie – Not begun –", page)
    assert "1 of 3 trainees have passed; the pass mark is 70%." in page


def test_trainer_reads_a_closed_attempt(browser_of, ingrid, place, quiz):
    attempt = finished_attempt(place, quiz, right=3)

    page = browser_of(ingrid).get(reverse("quizzes:result", args=[attempt.uuid]))

    assert "Ana Munteanu" in text_of(page)
    assert "Worth a second look" in text_of(page)


def test_open_attempt_leads_the_trainer_to_the_results(browser_of, ingrid, attempt):
    page = browser_of(ingrid).get(reverse("quizzes:result", args=[attempt.uuid]))

    assert page.url == reverse("quizzes:results", args=["iasi"])


@pytest.mark.parametrize(
    ("who", "status"), [("ingrid", 200), ("stefan", 200), ("ana", 404), ("mihai", 404), ("elena", 404), ("carol", 404)]
)
def test_results_are_for_those_who_run_the_cohort(browser_of, request, place, who, status):
    assert results_of(browser_of(request.getfixturevalue(who))).status_code == status


@pytest.mark.parametrize("who", ["mihai", "elena", "carol"])
def test_closed_attempt_is_not_for_others(browser_of, request, place, quiz, who):
    attempt = finished_attempt(place, quiz, right=3)

    page = browser_of(request.getfixturevalue(who)).get(reverse("quizzes:result", args=[attempt.uuid]))

    assert page.status_code == 404


def test_results_cost_the_same_for_one_trainee_and_for_three(
    browser_of, ingrid, place, quiz, cohort, django_assert_max_num_queries
):
    from quizzes.selectors import results_of

    finished_attempt(place, quiz, right=3)
    for name in ("Beate Moe", "Cecilie Lie"):
        finished_attempt(enrolment_of(UserFactory(name=name), cohort), quiz, right=1)

    with django_assert_max_num_queries(3):
        assert len(results_of(cohort, "en")[0].rows) == 3


def draw(template, user, **context):
    request = RequestFactory().get("/en/")
    request.user = user
    return Template("{% load quizzes_tags %}" + template).render(Context({"request": request, **context}))


@pytest.mark.parametrize("model", [ModulePage, ChapterPage])
def test_quiz_stands_beside_the_text_for_those_it_is_asked_of(place, model):
    page = model.objects.filter(locale__language_code="en").first()

    card = draw("{% quiz_card page %}", place.user, page=page)

    assert "What trafficking is" in card
    assert "Not begun" in card


@pytest.mark.parametrize("who", ["carol", "mihai"])
def test_quiz_is_nothing_to_others(request, place, who):
    page = ModulePage.objects.get(locale__language_code="en")

    assert draw("{% quiz_card page %}", request.getfixturevalue(who), page=page).strip() == ""


def test_standing_of_an_enrolment_names_the_grade(place, quiz):
    finished_attempt(place, quiz, right=3)

    standing = "{{ row.percent|floatformat:2 }} {{ row.passed }}"
    rows = f"{{% quiz_standings place as rows %}}{{% for row in rows %}}{standing}{{% endfor %}}"
    drawn = draw(rows, place.user, place=place)

    assert drawn == "75.00 True"


def test_quiz_beside_a_chapter_costs_two_queries(browser_of, ana, place):
    client, url = browser_of(ana), ChapterPage.objects.filter(locale__language_code="en").first().url
    client.get(url)

    with CaptureQueriesContext(connection) as captured:
        client.get(url)

    tables = re.compile(r'FROM "(quizzes_|courses_enrolment")')
    asked = [query["sql"] for query in captured if tables.search(query["sql"])]
    assert len(asked) == 2  # the places of the reader, which courses ask for too, and their attempts


def test_my_learning_leads_to_the_quiz(browser_of, ana, place):
    page = browser_of(ana).get(reverse("courses:my_learning")).content.decode()

    assert 'href="/en/manual/what-trafficking-is/quiz/"' in page


def test_quiz_without_a_pass_mark_is_enough_when_it_is_taken(quiz, ana, ingrid, browser_of):
    cohort = cohort_asking(quiz, threshold=0, trainer=ingrid, key="before")
    place = enrolment_of(ana, cohort)
    client = browser_of(ana)
    learning = reverse("courses:my_learning")
    assert "Not taken yet." in text_of(client.get(learning))
    assert "None: taking it is enough" in text_of(client.get(QuizPage.objects.get().url))

    attempt = finished_attempt(place, quiz, right=0)

    result = text_of(client.get(reverse("quizzes:result", args=[attempt.uuid])))
    assert "Handed in" in result
    assert "There is no pass mark." in result
    said = text_of(client.get(learning))
    assert "Taken." in said
    assert "1 of 1 taken; there is no pass mark." in said
    assert "You have taken this quiz." in text_of(client.get(QuizPage.objects.get().url))
    results = text_of(browser_of(ingrid).get(reverse("quizzes:results", args=["before"])))
    assert "1 of 1 trainee has taken it; there is no pass mark." in results
    for shown in (result, said, results):
        assert "passed" not in shown.lower().replace("quizzes passed", "")
