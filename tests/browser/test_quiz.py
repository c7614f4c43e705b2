"""A trainee takes the quiz in a browser: with and without a connection, signed out in the middle, in two windows."""

import re
import shutil
import sqlite3

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import start

SAVED = re.compile(r"Saved at \d\d:\d\d")
KEPT = re.compile(r"Kept on this device, \d\d:\d\d")
SENT = re.compile(r"Sent at \d\d:\d\d")


def rows(site, sql, *values):
    with sqlite3.connect(site.database) as database:
        return database.execute(sql, values).fetchall()


def answers(site, attempt):
    """The answers that count, by question: how many choices each has."""
    found = rows(
        site,
        """SELECT item.position, event.choices FROM quizzes_answerevent event
           JOIN quizzes_attemptitem item ON item.id = event.item_id JOIN quizzes_attempt a ON a.id = event.attempt_id
           WHERE a.uuid = ? AND event.outcome = 'saved' ORDER BY event.sequence""",
        attempt.replace("-", ""),
    )
    return dict(found)


@pytest.fixture(scope="module")
def quiz_site(demonstration, tmp_path_factory):
    """A site for the tests of this file; each of them is another trainee."""
    folder = tmp_path_factory.mktemp("quiz")
    shutil.copytree(demonstration, folder, dirs_exist_ok=True)
    running = start(folder)
    yield running
    running.stop()


@pytest.fixture
def trainee(quiz_site):
    """The address of somebody in the running cohort who has not tried the quiz."""
    untried = """SELECT person.email FROM courses_enrolment place
        JOIN accounts_user person ON person.id = place.user_id JOIN courses_cohort c ON c.id = place.cohort_id
        WHERE c.key = 'iasi-autumn' AND NOT EXISTS (SELECT 1 FROM quizzes_attempt a WHERE a.enrolment_id = place.id)"""
    return rows(quiz_site, untried)[0][0]


@pytest.fixture
def begun(quiz_site, page, people, trainee):
    """The trainee's quiz, just begun: gives the attempt's uuid with the first question open."""
    page.goto(f"{quiz_site.url}/en/accounts/login/")
    page.fill("main input[name=login]", trainee)
    page.fill("main input[name=password]", people["password"])
    page.click("main button[type=submit]")
    page.wait_for_url(lambda address: "/accounts/login" not in address)
    page.goto(f"{quiz_site.url}/en/manual/what-trafficking-is/quiz/")
    page.get_by_role("button", name="Begin the quiz").click()
    page.wait_for_url("**/1/")
    # The other questions come with the page; what happens without a connection needs them.
    page.wait_for_load_state("networkidle")
    return re.search(r"quizzes/([0-9a-f-]{36})/", page.url).group(1)


def choose(page, place=0):
    page.locator(".answer").nth(place).click()


def go_on(page, number):
    page.get_by_role("button", name=re.compile("^Save and")).click()
    expect(page.locator("[data-quiz-where]")).to_have_text(f"Question {number} of 10")


def test_answers_are_saved_as_they_are_given_and_handed_in(quiz_site, page, begun):
    for number in range(1, 11):
        choose(page)
        expect(page.get_by_role("status").filter(has_text=SAVED)).to_be_visible(timeout=2000)
        if number < 10:
            go_on(page, number + 1)
    page.get_by_role("button", name="Save and look over the answers").click()
    page.wait_for_url("**/review/")
    assert len(answers(quiz_site, begun)) == 10

    page.get_by_role("button", name="Hand in 10 answers").click()

    page.wait_for_url("**/result/")
    assert page.get_by_role("heading", level=1).inner_text() in {"You have passed", "Not passed yet"}
    assert page.evaluate("localStorage.length") == 0


def test_lost_connection_keeps_answers_and_sends_them_in_order(quiz_site, page, context, begun):
    context.set_offline(True)
    for number in (1, 2, 3):
        choose(page)
        expect(page.get_by_role("status").filter(has_text=KEPT)).to_be_visible(timeout=5000)
        expect(page.get_by_text("There is no connection.")).to_be_visible()
        go_on(page, number + 1)
    assert answers(quiz_site, begun) == {}

    context.set_offline(False)

    expect(page.get_by_role("status").filter(has_text=SENT)).to_be_visible(timeout=20_000)
    expect(page.get_by_text("There is no connection.")).to_have_count(0)
    expect(page.locator(".pips .is-saved")).to_have_count(3)
    assert sorted(answers(quiz_site, begun)) == [1, 2, 3]


def test_tab_closed_without_a_connection_loses_nothing(quiz_site, page, context, begun):
    context.set_offline(True)
    choose(page, 1)
    expect(page.get_by_role("status").filter(has_text=KEPT)).to_be_visible()
    go_on(page, 2)
    choose(page, 0)
    expect(page.get_by_role("status").filter(has_text=KEPT)).to_be_visible()
    page.close()
    context.set_offline(False)

    again = context.new_page()
    again.goto(f"{quiz_site.url}/en/quizzes/{begun}/1/")

    expect(again.locator(".pips .is-saved")).to_have_count(2, timeout=20_000)
    expect(again.locator(".answer input").nth(1)).to_be_checked()
    assert sorted(answers(quiz_site, begun)) == [1, 2]


def test_server_in_trouble_is_asked_again_with_the_same_answer(quiz_site, page, begun):
    asked = []

    def trouble(route):
        asked.append(re.search(r"event_id=([0-9a-f-]{36})", route.request.post_data).group(1))
        if len(asked) > 2:
            return route.continue_()
        return route.fulfill(status=503, headers={"Retry-After": "1"}, json={"state": "unavailable"})

    page.route("**/answer/", trouble)
    choose(page)

    expect(page.get_by_role("status").filter(has_text=KEPT)).to_be_visible(timeout=5000)
    expect(page.get_by_role("status").filter(has_text=SENT)).to_be_visible(timeout=20_000)
    assert len(asked) == 3
    assert len(set(asked)) == 1
    assert sorted(answers(quiz_site, begun)) == [1]


def test_ended_session_is_renewed_in_place(quiz_site, page, people, trainee, begun):
    choose(page)
    expect(page.get_by_role("status").filter(has_text=SAVED)).to_be_visible()
    go_on(page, 2)
    rows(quiz_site, "DELETE FROM django_session")

    choose(page)

    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible(timeout=5000)
    dialog.get_by_label("E-mail address").fill(trainee)
    dialog.get_by_label("Password").fill("wrong")
    dialog.get_by_role("button", name="Sign in and go on").click()
    expect(dialog.get_by_role("alert")).not_to_be_empty()
    dialog.get_by_label("Password").fill(people["password"])
    dialog.get_by_role("button", name="Sign in and go on").click()

    expect(dialog).not_to_be_visible()
    expect(page.get_by_role("status").filter(has_text=SENT)).to_be_visible()
    assert f"/{begun}/2/" in page.url
    go_on(page, 3)
    choose(page)
    expect(page.get_by_role("status").filter(has_text=SAVED)).to_be_visible()
    assert sorted(answers(quiz_site, begun)) == [1, 2, 3]
    mine = """SELECT count(*) FROM quizzes_attempt a JOIN courses_enrolment place ON place.id = a.enrolment_id
        JOIN accounts_user person ON person.id = place.user_id WHERE person.email = ?"""
    assert rows(quiz_site, mine, trainee) == [(1,)]


def test_somebody_else_signing_in_sends_nothing(quiz_site, page, people, begun):
    rows(quiz_site, "DELETE FROM django_session")
    choose(page)
    dialog = page.get_by_role("dialog")
    trainer = rows(quiz_site, "SELECT email FROM accounts_user WHERE id IN (SELECT user_id FROM courses_cohorttrainer)")
    dialog.get_by_label("E-mail address").fill(trainer[0][0])
    dialog.get_by_label("Password").fill(people["password"])
    dialog.get_by_role("button", name="Sign in and go on").click()

    expect(dialog.get_by_role("alert")).to_contain_text("Somebody else has signed in")
    assert answers(quiz_site, begun) == {}


def test_newer_answer_from_another_window_stays(quiz_site, page, context, begun):
    other = context.new_page()
    other.goto(page.url)
    choose(other, 2)
    expect(other.get_by_role("status").filter(has_text=SAVED)).to_be_visible()

    expect(page.locator(".answer input").nth(2)).to_be_checked()
    choose(page, 0)
    expect(page.get_by_role("status").filter(has_text=SAVED)).to_be_visible()
    expect(other.locator(".answer input").nth(0)).to_be_checked()


def test_quiz_can_be_taken_with_the_keyboard_alone(quiz_site, page, begun):
    page.locator(".answer input").first.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("status").filter(has_text=SAVED)).to_be_visible()
    onward = page.get_by_role("button", name="Save and go to question 2")
    for _ in range(8):  # a question with several right answers has a stop at each option
        page.keyboard.press("Tab")
        if onward.evaluate("button => button === document.activeElement"):
            break
    expect(onward).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("[data-quiz-where]")).to_have_text("Question 2 of 10")
    assert page.evaluate("document.activeElement.tagName") == "LEGEND"
    page.go_back()
    expect(page.locator("[data-quiz-where]")).to_have_text("Question 1 of 10")


def test_pages_of_a_quiz_have_no_barriers(quiz_site, page, begun):
    def look():
        found = Axe().run(page).response["violations"]
        assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []

    look()
    choose(page)
    expect(page.get_by_role("status").filter(has_text=SAVED)).to_be_visible()
    page.goto(f"{quiz_site.url}/en/quizzes/{begun}/review/")
    look()
    page.get_by_role("button", name=re.compile("Hand in")).click()
    page.wait_for_url("**/result/")
    look()
    page.goto(f"{quiz_site.url}/en/manual/what-trafficking-is/quiz/")
    look()
