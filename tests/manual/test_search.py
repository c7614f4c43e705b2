"""Search, as a reader types it."""

import pytest

from manual.text.words import fold, snippet
from tests.factories.manual import ChapterPageFactory, published

pytestmark = pytest.mark.django_db


def found(client, query, language="en", **more):
    response = client.get(f"/{language}/manual/search/", {"q": query, **more})
    assert response.status_code == 200
    return response


def titles(response):
    return [entry.title for entry in response.context["page_obj"]]


@pytest.mark.parametrize("query", ["asistenta", "asistența", "ASISTENȚA", "Asistent", "  asistenţa  "])
def test_search_takes_letters_with_and_without_marks(client, manual, query):
    assert titles(found(client, query, "ro")) == ["1 Ce este traficul", "1.1 Cele trei elemente"]


def test_search_keeps_to_the_language_of_the_reader(client, manual):
    assert titles(found(client, "asistenta", "en")) == []
    assert titles(found(client, "assistance", "en")) == ["1 What trafficking is", "1.1 The three elements"]


def test_words_in_a_title_come_first(client, manual):
    page = ChapterPageFactory(
        parent=manual["en"]["m01"], key="x", number="1.9", title="Assistance", slug="assistance", body="Nothing.\n"
    )
    published(page)

    assert titles(found(client, "assistance"))[0] == "1.9 Assistance"


def test_every_word_must_be_there(client, manual):
    assert titles(found(client, "comes assistance")) != []
    assert titles(found(client, "assistance unicorn")) == []


def test_search_finds_beginnings_of_words_and_not_their_middles(client, manual):
    assert titles(found(client, "assist")) != []
    assert titles(found(client, "sistance")) == []


def test_what_was_found_is_marked(client, manual):
    html = found(client, "asistenta", "ro").content.decode()

    assert "<mark>Asistența</mark> vine întâi." in html


def test_tags_are_found(client, manual):
    page = manual["en"]["m01-2"]
    page.tags.add("consimțământ")
    published(page)

    assert titles(found(client, "consimtamant")) == ["1.2 What it is not"]


@pytest.mark.parametrize(
    "query",
    ['"', "'", "\x00", "%", "_", "\\", "*", "😀", "a" * 1_000_000, "%%%' OR 1=1 --", "ș" * 500, "\ud7ff", "AND OR NOT"],
    ids=lambda query: ascii(query[:6]),
)
def test_search_survives_anything(client, manual, query):
    assert titles(found(client, query)) == []


@pytest.mark.parametrize("page", ["0", "-1", "999", "x", "\x00", "9" * 5000])
def test_any_page_of_the_list_is_a_page(client, manual, page):
    found(client, "assistance", page=page)


def test_percent_sign_finds_only_itself(client, manual):
    assert titles(found(client, "ass%tance")) == []


def test_unpublished_changed_and_closed_pages_are_not_found(client, manual):
    manual["en"]["m01-1"].unpublish()
    assert titles(found(client, "assistance")) == ["1 What trafficking is"]

    manual["en"]["m01"].view_restrictions.create(restriction_type="login")
    assert titles(found(client, "assistance")) == []


def test_draft_is_not_found_until_it_is_published(client, manual):
    page = manual["en"]["m01-2"]
    page.title = "Unicorn"
    page.save_revision()
    assert titles(found(client, "unicorn")) == []

    page.get_latest_revision().publish()
    assert titles(found(client, "unicorn")) == ["1.2 Unicorn"]


def test_long_list_has_pages(client, manual):
    for number in range(12):
        published(
            ChapterPageFactory(
                parent=manual["en"]["m01"],
                key=f"u{number}",
                number=f"1.{number + 3}",
                title=f"Unicorn {number}",
                slug=f"u{number}",
                body="Text.\n",
            )
        )

    assert len(titles(found(client, "unicorn"))) == 10
    assert len(titles(found(client, "unicorn", page=2))) == 2


def test_search_costs_the_same_for_one_page_and_for_many(client, manual, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found(client, "text")
    with CaptureQueriesContext(connection) as one:
        found(client, "assistance")
    test_long_list_has_pages(client, manual)
    with CaptureQueriesContext(connection) as many:
        found(client, "unicorn")

    assert len(many) == len(one)


def test_fold_makes_marks_and_size_equal():
    assert fold("Îngrijire ȘI Øyvind, blåbær-saft") == " ingrijire si oyvind blabaer saft"


def test_snippet_cuts_between_words():
    text = "start " + "lorem ipsum " * 30 + "needle " + "dolor sit " * 40

    parts = snippet(text, ["needle"])

    assert [part.text for part in parts if part.marked] == ["needle"]
    whole = "".join(part.text for part in parts)
    assert len(whole) < 400
    assert set(whole.split()) == {"…", "lorem", "ipsum", "needle", "dolor", "sit"}
