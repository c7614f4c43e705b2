"""When something is missing, closed, late or broken: a calm page in the reader's language."""

from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation

import pytest
from bs4 import BeautifulSoup

ALONE = ["403_csrf.html", "429.html", "500.html", "503.html"]


@pytest.mark.parametrize("template", ALONE)
@pytest.mark.parametrize("language", ["en", "ro", "nb"])
def test_error_page_needs_neither_request_nor_database(template, language):
    # Without the `db` fixture any query would fail this test.
    with translation.override(language):
        page = BeautifulSoup(render_to_string(template), "html.parser")

    assert page.html["lang"] == language
    assert len(page.select("main h1")) == 1
    assert "112" in page.footer.get_text()


def test_missing_page_offers_ways_on(client, homes):
    response = client.get("/en/nothing-here/")

    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 404
    assert [link["href"] for link in page.select("main a")] == ["/en/manual/", "/en/"]
    assert page.select_one(".foot__lines")


def test_form_without_its_token_is_explained(homes):
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "ana@example.org"})

    assert response.status_code == 403
    assert "was not sent" in response.content.decode()
