"""Walking through a practice scenario: links only, nothing stored, closed where its page is closed."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest

from manual.models import ScenarioPage
from tests.factories.manual import SCENARIO, ScenarioPageFactory, published
from tests.factories.pages import HelplineFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def scenario(manual):
    return published(ScenarioPageFactory(parent=manual["en"]["m01"]))


def html_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def at(page, step, query=""):
    return f"{page.url}step/{step}/{query}"


def choices_in(html):
    """Give the addresses of the choices, as a reader would follow them."""
    return [found.replace("&amp;", "&") for found in re.findall(r'class="choice" href="([^"]*)"', html)]


def main_of(html):
    return html[html.index("<main") : html.index("</main>")]


def test_scenario_begins_with_its_introduction_and_says_that_nothing_is_stored(client, scenario):
    html = html_of(client, scenario.url)

    assert "You are alone in the office." in html
    assert "No violence is described." in html
    assert "about 20\u00a0min" in html
    assert "Nothing is stored about your choices." in html
    assert f'href="{at(scenario, "door")}"' in html


def test_first_step_offers_its_choices_as_links(client, scenario):
    html = html_of(client, at(scenario, "door"))

    assert "that you <em>help</em> people" in html
    assert choices_in(html) == [
        at(scenario, "water", "?choices=1#followed"),
        at(scenario, "questions", "?choices=2#followed"),
    ]
    assert "<form" not in main_of(html)
    assert "You chose" not in html


def test_what_followed_comes_before_what_happens_next(client, scenario):
    html = main_of(html_of(client, at(scenario, "water", "?choices=1")))

    told = ['id="followed"', "“Would you like to sit down?”", "She looks at both chairs.", "<h1", "She drinks."]
    assert sorted(told, key=html.index) == told


def test_choice_without_a_consequence_has_none(client, scenario):
    html = main_of(html_of(client, at(scenario, "promise", "?choices=112")))

    assert "“I promise.”" in html
    assert "scenario__consequence" not in html


def test_whole_conversation_is_walked_by_its_links(client, scenario):
    address = at(scenario, "door")
    for number in (1, 0, 0, 0, 0):  # questions, water, role, limits, tonight
        address = choices_in(html_of(client, address))[number]
    ending = html_of(client, address)
    assert "Her sister answers at once." in ending
    assert choices_in(ending) == []

    debriefing = re.search(r'href="([^"]*/step/debriefing/[^"]*)"', ending)[1]
    html = main_of(html_of(client, debriefing))

    way = [
        "“What has happened?”",
        "“I asked too much at once.”",
        "Say who you are.",
        "“Let me first",
        "“What do you need",
    ]
    assert debriefing == at(scenario, "debriefing", "?choices=21111#followed")
    assert sorted(way, key=html.index) == way
    assert "She takes half a step back." in html
    assert "You were never going to solve this" in html
    assert "Promise what you can keep." in html


def test_last_choice_can_be_taken_back_and_all_can_be_begun_again(client, scenario):
    html = html_of(client, at(scenario, "role", "?choices=2" + "11"))

    assert f'href="{at(scenario, "water", "?choices=21#followed")}"' in html
    assert f'href="{at(scenario, "door")}"' in html
    assert f'href="{scenario.get_parent().url}"' in main_of(html)


def test_step_opened_by_its_address_alone_begins_a_way_there(client, scenario):
    html = html_of(client, at(scenario, "role"))
    following = choices_in(html)[0]

    assert "You chose" not in html
    assert following == at(scenario, "limits", "?choices=1&from=role#followed")
    assert "“Let me first say what I can promise.”" in html_of(client, following)


@pytest.mark.parametrize(
    "query",
    ["?choices=2", "?choices=9", "?choices=1x", "?choices=1&from=nowhere", "?choices=%00", "?choices=" + "1" * 5000],
)
def test_address_that_does_not_lead_here_shows_the_step_and_echoes_nothing(client, scenario, query):
    html = html_of(client, at(scenario, "water", query))

    assert "She drinks." in html
    assert "You chose" not in html
    assert "nowhere" not in html


def test_address_does_not_grow_for_whoever_walks_in_circles(client, scenario):
    address = at(scenario, "door")
    for _ in range(30):
        address = choices_in(html_of(client, address))[0]
        address = choices_in(html_of(client, address))[1]

    assert "/step/door/" in address
    assert len(address) < len(scenario.url) + 80


def test_debriefing_can_be_read_without_a_way(client, scenario):
    html = html_of(client, at(scenario, "debriefing"))

    assert "You were never going to solve this" in html
    assert "The way you took" not in html


@pytest.mark.parametrize("step", ["nowhere", "Door", "1"])
def test_unknown_step_is_not_found(client, scenario, step):
    assert client.get(at(scenario, step)).status_code == 404


def test_pages_that_are_no_scenarios_have_no_steps(client, manual):
    for key in ("m01", "m01-1"):
        assert client.get(f"{manual['en'][key].url}step/door/").status_code == 404
    assert client.get("/en/manual/none/step/door/").status_code == 404


def test_nothing_is_written_by_walking(client, scenario):
    address = at(scenario, "water", "?choices=1")
    html_of(client, address)

    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)

    assert [query["sql"][:6] for query in captured] == ["SELECT"]
    assert not response.cookies
    assert client.post(address).status_code == 405


def test_reader_with_an_account_leaves_no_trace_either(browser_of, ana, scenario):
    reader = browser_of(ana)
    html_of(reader, scenario.url)  # the session notes that it is in use

    with CaptureQueriesContext(connection) as captured:
        html_of(reader, at(scenario, "water", "?choices=1"))

    assert [query["sql"] for query in captured if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_exit_and_helplines_stand_at_every_step(client, scenario):
    HelplineFactory(number="0800 800 678")

    for step in ("door", "tonight", "debriefing"):
        html = html_of(client, at(scenario, step))
        assert "data-leave-at-once" in html
        assert "0800 800 678" in html
        assert '<meta name="robots" content="noindex">' in html


@pytest.mark.parametrize("closed", ["m01", "first-contact"])
def test_closed_scenario_is_closed_at_every_step(client, browser_of, carol, manual, scenario, closed):
    html_of(client, at(scenario, "water"))
    page = scenario if closed == "first-contact" else manual["en"]["m01"]
    page.view_restrictions.create(restriction_type="login")

    for step in ("door", "water", "tonight", "debriefing", "nowhere"):
        response = client.get(at(scenario, step, "?choices=1"))
        assert response.status_code == 302
        assert response.url.startswith("/en/accounts/login/")
    assert "She drinks." in html_of(browser_of(carol), at(scenario, "water"))
    assert client.get(at(scenario, "water")).status_code == 302


def test_scenario_that_was_taken_back_is_gone_at_every_step(client, scenario):
    html_of(client, at(scenario, "water"))

    scenario.unpublish()

    assert [client.get(at(scenario, step)).status_code for step in ("door", "water", "debriefing")] == [404] * 3


def test_draft_is_not_walked(client, scenario):
    scenario.title = "Draft"
    scenario.save_revision()

    assert "Draft" not in html_of(client, at(scenario, "door"))


def test_published_change_is_seen_at_once(client, scenario):
    html_of(client, at(scenario, "water"))
    scenario.steps[1].value["title"] = "A second glass"
    published(scenario)

    assert "A second glass" in html_of(client, at(scenario, "water"))


def test_words_of_a_step_are_escaped(client, scenario):
    scenario.steps[0].value["title"] = "<script>alert(1)</script>"
    scenario.steps[0].value["choices"][0]["text"] = "<b>bold</b>"
    published(scenario)

    html = main_of(html_of(client, at(scenario, "door")))

    assert "<script>" not in html
    assert "&lt;b&gt;bold&lt;/b&gt;" in html


def test_module_and_contents_list_the_scenario_with_its_minutes(client, manual, scenario):
    for key in ("m01", "manual"):
        html = html_of(client, manual["en"][key].url)

        assert "Practice scenarios" in html
        assert f'<a href="{scenario.url}"><span>First contact</span><i>20\u00a0min</i></a>' in html


def test_module_without_scenarios_says_nothing_of_them(client, manual):
    assert "Practice scenarios" not in html_of(client, manual["en"]["m01"].url)


def test_closed_scenario_is_in_no_list(client, manual, scenario):
    scenario.view_restrictions.create(restriction_type="login")

    assert "First contact" not in html_of(client, manual["en"]["manual"].url)


def test_contents_ask_no_more_for_more_scenarios(client, manual, scenario):
    def count():
        with CaptureQueriesContext(connection) as captured:
            html_of(client, manual["en"]["manual"].url)
        return len(captured)

    html_of(client, manual["en"]["manual"].url)
    published(ScenarioPageFactory(parent=manual["en"]["m01"], key="x", slug="x", title="X"))
    two = count()
    published(ScenarioPageFactory(parent=manual["en"]["m01"], key="y", slug="y", title="Y"))

    assert count() <= two + 1  # the address of one more page


def test_chapters_turn_as_before(client, manual, scenario):
    html = html_of(client, manual["en"]["m01-2"].url)

    assert "Chapter 2 of 2" in html
    assert scenario.url not in html


def test_search_finds_what_is_said_in_a_step(client, scenario):
    response = client.get("/en/manual/search/", {"q": "phone buzzes"})

    assert [entry.title for entry in response.context["page_obj"]] == ["First contact"]
    assert [entry.url for entry in response.context["page_obj"]] == [scenario.url]


def test_key_leads_to_the_scenario(client, scenario):
    assert client.get("/en/manual/to/first-contact/").url == scenario.url


def test_other_language_walks_in_its_own_words(client, manual):
    body = SCENARIO.replace("She drinks.", "Bea apă.")
    page = published(ScenarioPageFactory(parent=manual["ro"]["m01"], body=body, title="Primul contact"))

    html = html_of(client, at(page, "water", "?choices=1"))

    assert page.url.startswith("/ro/")
    assert "Bea apă." in html
    assert '<html lang="ro"' in html


def test_scenario_has_its_place_in_the_tree(scenario):
    from wagtail.test.utils import WagtailPageTestCase

    from manual.models import ModulePage

    case = WagtailPageTestCase()
    case.assertAllowedParentPageTypes(ScenarioPage, {ModulePage})
    case.assertAllowedSubpageTypes(ScenarioPage, {})
