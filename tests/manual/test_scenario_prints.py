"""Scenarios on paper."""

import pytest

from manual.models import Print
from tests.factories.manual import ScenarioPageFactory, published
from tests.factories.pages import HelplineFactory
from tests.manual.test_prints import address, body_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scenario(manual):
    return published(ScenarioPageFactory(parent=manual["en"]["m01"]))


def test_scenario_is_printed_with_numbered_steps_and_choices_that_lead_on(client, scenario):
    HelplineFactory(number="0800 800 678")
    response = client.get(address(scenario))
    words = words_of(body_of(response))

    assert response["Content-Disposition"] == 'attachment; filename="first-contact-en.pdf"'
    assert "0800 800 678" in words
    assert "1 She stands in the door" in words
    assert "“Would you like to sit down?” Go to 2." in words
    assert "She looks at both chairs." in words
    assert "The conversation ends here." in words
    assert "You were never going to solve this" in words


def test_scenario_stands_in_the_print_of_its_module_and_in_its_stamp(client, manual, scenario):
    module = manual["en"]["m01"]
    client.get(address(module))
    words = words_of(body_of(client.get(address(module))))
    assert "Practice scenario: First contact" in words
    assert "Go to 2." in words

    scenario.steps[1].value["title"] = "A second glass"
    published(scenario)
    client.get(address(module))

    assert "A second glass" in words_of(body_of(client.get(address(module))))
    assert Print.objects.filter(page_key=module.translation_key).count() == 2


def test_closed_scenario_is_neither_printed_nor_in_its_module(client, manual, scenario):
    scenario.view_restrictions.create(restriction_type="login")

    assert client.get(address(scenario)).status_code == 302
    client.get(address(manual["en"]["m01"]))
    assert "First contact" not in words_of(body_of(client.get(address(manual["en"]["m01"]))))


def test_page_offers_its_print(client, scenario):
    assert address(scenario) in client.get(scenario.url).content.decode()
