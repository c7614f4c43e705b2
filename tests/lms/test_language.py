"""Pages without a language in their address speak the language that was last read."""

from django.test import Client

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/verify/", "/accounts/login/"])
def test_page_without_a_language_speaks_the_one_last_read(path, homes):
    client = Client(headers={"Accept-Language": "en"})
    assert '<html lang="en"' in client.get(path, follow=True).content.decode()

    client.get("/ro/")

    assert '<html lang="ro"' in client.get(path, follow=True).content.decode()


def test_no_cookie_is_set_where_the_browser_speaks_the_language_anyway(homes):
    client = Client(headers={"Accept-Language": "ro,en;q=0.5"})

    assert not client.get("/ro/").cookies
    assert not client.get("/verify/").cookies.get("django_language")
