"""The manual in the browser: a word of the glossary, and a practice scenario, on a screen and a phone, by keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe

CHAPTER = "/en/manual/to/m01-1/"
SCENARIO = "/en/manual/to/first-contact/"


@pytest.fixture(params=[1280, 360], ids=["screen", "phone"])
def wide(request, page):
    page.set_viewport_size({"width": request.param, "height": 800})


def barriers(page):
    """What axe has against a page, and whether it scrolls sideways."""
    found = [violation["id"] for violation in Axe().run(page).response["violations"]]
    sideways = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return found + ["scrolls sideways"] * sideways


def follow(page, link):
    """Follow a link by keyboard."""
    link.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_word_opens_its_entry_by_keyboard_and_closes_it_again(page, wide):
    page.goto(CHAPTER)
    word = page.locator("button.term").first
    entry = page.locator(f"#{word.get_attribute('popovertarget')}")
    assert not entry.is_visible()

    word.focus()
    page.keyboard.press("Enter")

    assert entry.is_visible()
    assert barriers(page) == []
    page.keyboard.press("Escape")
    assert not entry.is_visible()
    assert word.evaluate("word => word === document.activeElement")


def test_glossary_has_no_barriers(page, wide):
    page.goto("/ro/manual/glossary/")

    assert page.get_by_role("heading", name="Glosar", exact=True).is_visible()
    assert page.locator("dl dt").count() > 180
    assert barriers(page) == []


def test_scenario_is_walked_by_keyboard_to_its_debriefing(page, wide):
    page.goto(SCENARIO)
    assert barriers(page) == []
    follow(page, page.get_by_role("link", name="Begin the conversation"))

    for _step in range(20):
        if page.get_by_role("link", name="Go on to the debriefing").count():
            break
        assert barriers(page) == []
        follow(page, page.locator("a.choice").last)

    page.get_by_role("link", name="Go on to the debriefing").click()
    assert page.get_by_role("heading", name="Debriefing").is_visible()
    assert barriers(page) == []
