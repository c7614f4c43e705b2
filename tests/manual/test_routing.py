"""Reading from memory: few queries, and never anything old."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest

from tests.factories.manual import ChapterPageFactory, ModulePageFactory, published
from tests.factories.pages import HelplineFactory
from tests.manual.test_prints import address, body_of, change_helpline

pytestmark = pytest.mark.django_db


def html_of(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def queries_of(client, page):
    html_of(client, page)
    with CaptureQueriesContext(connection) as captured:
        html_of(client, page)
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("key", ["manual", "m01", "m01-1"])
def test_second_visitor_costs_one_query(client, manual, key):
    assert len(queries_of(client, manual["en"][key])) == 1


def test_signed_in_reader_costs_few_queries(browser_of, ana, manual):
    assert len(queries_of(browser_of(ana), manual["en"]["m01-1"])) <= 5


def test_published_change_is_seen_at_once(client, manual):
    page = manual["en"]["m01-1"]
    html_of(client, page)

    page.title = "Wholly new"
    published(page)

    assert "<h1>Wholly new</h1>" in html_of(client, page)
    assert "Wholly new" in html_of(client, manual["en"]["m01-2"])
    assert "Wholly new" in html_of(client, manual["en"]["manual"])


def test_new_chapter_is_in_the_contents_at_once(client, manual):
    html_of(client, manual["en"]["m01"])

    published(ChapterPageFactory(parent=manual["en"]["m01"], key="m01-3", number="1.3", title="Forms", slug="forms"))

    assert "Forms" in html_of(client, manual["en"]["m01"])


def test_page_taken_back_is_gone_at_once(client, manual):
    page = manual["en"]["m01-1"]
    html_of(client, page)

    page.unpublish()

    assert client.get(page.url).status_code == 404
    assert page.title not in html_of(client, manual["en"]["m01"])


def test_deleted_page_is_gone_at_once(client, manual):
    page = manual["en"]["m01-2"]
    html_of(client, page)

    page.delete()

    assert client.get(page.url).status_code == 404


def test_page_that_is_closed_is_closed_at_once(client, manual, browser_of, carol):
    page = manual["en"]["m01-1"]
    html_of(client, page)

    manual["en"]["m01"].view_restrictions.create(restriction_type="login")

    assert client.get(page.url).status_code == 302
    assert page.title in html_of(browser_of(carol), page)
    assert client.get(page.url).status_code == 302


def test_moved_page_is_at_its_new_address_at_once(admin, client, manual):
    page = manual["en"]["m01-2"]
    other = published(
        ModulePageFactory(parent=manual["en"]["manual"], key="m02", number=2, title="Signs", slug="signs")
    )
    html_of(client, page)

    page.move(other, pos="last-child", user=admin)
    page.refresh_from_db()

    assert client.get("/en/manual/what-trafficking-is/what-it-is-not/").url == page.url
    assert page.title in html_of(client, page)


def test_helpline_changed_in_the_cms_is_on_every_page_at_once(client, manual, admin, browser_of):
    line = HelplineFactory(number="0800 800 678")
    page = manual["en"]["m01-1"]
    assert "0800 800 678" in html_of(client, page)

    change_helpline(browser_of(admin), line, "0800 999 999")

    assert "0800 999 999" in html_of(client, page)


def test_print_that_was_made_is_offered_with_its_size_at_once(client, manual):
    page = manual["en"]["m01-1"]
    assert "PDF, 1 page" not in html_of(client, page)

    body_of(client.get(address(page)))

    assert "PDF, 1 page" in html_of(client, page)


def test_menu_belongs_to_the_visitor(client, browser_of, ana, mihai, manual):
    page = manual["en"]["m01-1"]

    assert "Sign in" in html_of(client, page)
    assert ana.get_short_name() in html_of(browser_of(ana), page)
    assert ana.get_short_name() not in html_of(browser_of(mihai), page)
    assert "Sign in" in html_of(client, page)


def test_each_language_is_remembered_for_itself(client, manual):
    for language in ("en", "ro", "en"):
        html = html_of(client, manual[language]["m01-1"])

        assert f'<html lang="{language}"' in html
        assert manual[language]["m01-1"].title in html


def test_address_without_its_last_stroke_leads_to_the_page(client, manual):
    page = manual["en"]["m01-1"]

    assert client.get(page.url.rstrip("/")).url == page.url


def test_draft_is_not_remembered(client, manual):
    page = manual["en"]["m01-1"]
    page.title = "Secret draft"
    page.save_revision()

    assert "Secret draft" not in html_of(client, page)
