"""The reading pages, as a visitor sees them."""

import pytest

from tests.factories.manual import ChapterPageFactory, ModulePageFactory, published
from tests.manual.test_text import EVERY_BLOCK

pytestmark = pytest.mark.django_db


def read(client, page, **more):
    response = client.get(page.url, **more)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("language", ["en", "ro"])
@pytest.mark.parametrize("key", ["manual", "m01", "m01-1"])
def test_page_is_shown_to_everybody(client, manual, language, key):
    page = manual[language][key]

    html = read(client, page)

    assert f'<html lang="{language}"' in html
    assert f"<h1>{page.title}</h1>" in html


def test_contents_list_every_module_and_chapter(client, manual):
    html = read(client, manual["en"]["manual"])

    assert [page.url in html for page in manual["en"].values()] == [True] * 4


def test_chapter_says_where_it_stands(client, manual):
    html = read(client, manual["en"]["m01-1"])

    assert "Chapter 1 of 2 in this module" in html
    assert 'href="#child"' in html
    assert f'href="{manual["en"]["m01-2"].url}" rel="next"' in html
    assert "Contents of module 1" in html


def test_last_chapter_leads_to_the_next_module(client, manual):
    module = published(
        ModulePageFactory(parent=manual["en"]["manual"], key="m02", number=2, title="Signs", slug="signs")
    )

    html = read(client, manual["en"]["m01-2"])

    assert f'href="{module.url}" rel="next"' in html
    assert f'href="{manual["en"]["m01-1"].url}" rel="prev"' in html


def test_chapters_stand_in_the_order_of_their_numbers(client, manual):
    for number in ("1.10", "1.3"):
        key = f"m01-{number[2:]}"
        published(
            ChapterPageFactory(parent=manual["en"]["m01"], key=key, number=number, title=f"Chapter {number}", slug=key)
        )

    html = read(client, manual["en"]["m01"])

    assert html.index("Chapter 1.3") < html.index("Chapter 1.10")


def test_every_block_is_drawn_with_its_parts(client, manual):
    body = EVERY_BLOCK.replace(
        '::: figure {image="grid.png" alt="The grid" caption="A grid" source="Ours, 2026"}\n:::\n', ""
    )
    page = published(
        ChapterPageFactory(parent=manual["en"]["m01"], key="m01-9", number="1.9", title="All", slug="all", body=body)
    )

    html = read(client, page)

    for said in (
        "After this chapter you can",
        "What is law",
        "Agreed practice",
        "Fictional case",
        "Skip this case",
        "Reflection",
        "Never say",
        "Content note",
        "Pause and support",
        "Checked on 23",
        '<span lang="ro">trafic de persoane</span>',
        '<a class="cite" href="#source-s40" aria-label="Source 1">[1]</a>',
        '<li id="source-s40">',
        '<th scope="row">Act | deed</th>',
        "<em>What</em> was done?",
        "<strong>strong</strong>",
        'href="https://example.org/a"',
    ):
        assert said in html
    assert "[^" not in html
    assert "lang=ro}" not in html
    assert "<details" in html


def test_link_to_a_chapter_goes_to_the_page_of_the_same_language(client, manual):
    for language in ("en", "ro"):
        target = manual[language]["m01-2"].url

        assert f'href="{target}#grid"' in read(client, manual[language]["m01-1"])


def test_links_of_a_chapter_cost_one_query_however_many_they_are(client, manual, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(body):
        page = published(
            ChapterPageFactory(
                parent=manual["en"]["m01"],
                key=f"x{len(body)}",
                number="1.9",
                title="x",
                slug=f"x{len(body)}",
                body=body,
            )
        )
        read(client, page)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            read(client, page)
        page.delete()
        return len(captured)

    one = queries("[a](manual:m01-1)\n")

    assert queries("[a](manual:m01-1) [b](manual:m01-2) [c](manual:m01) [d](manual:manual)\n") == one


def test_page_chosen_by_an_editor_is_linked(client, manual):
    page, target = manual["en"]["m01-1"], manual["en"]["m01-2"]
    page.body = [("text", f'<p>See <a linktype="page" id="{target.pk}">this</a>.</p>')]
    published(page)

    assert f'<a href="{target.url}">this</a>' in read(client, page)


def test_words_of_an_editor_cannot_become_markup(client, manual):
    page = manual["en"]["m01-1"]
    page.body = [("key_point", {"text": "<script>alert(1)</script> **bold**"})]
    published(page)

    html = read(client, page)

    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_self_check_with_several_right_answers_takes_several(client, manual):
    body = "::: self-check\nQ?\n\n- [x] a — b\n- [x] c — d\n- [ ] e — f\n:::\n"
    page = published(
        ChapterPageFactory(parent=manual["en"]["m01"], key="x", number="1.9", title="x", slug="x", body=body)
    )

    html = read(client, page)

    assert html.count('type="checkbox"') == 3
    assert "More than one answer is right." in html


def test_language_without_a_manual_shows_where_it_is(client, manual):
    response = client.get("/nb/manual/")

    html = response.content.decode()
    assert response.status_code == 200
    assert manual["en"]["manual"].url in html
    assert manual["ro"]["manual"].url in html


def test_address_of_a_key_leads_to_the_page(client, manual):
    assert client.get("/ro/manual/to/m01-2/").url == manual["ro"]["m01-2"].url
    assert client.get("/nb/manual/to/m01-2/").url == manual["en"]["m01-2"].url
    assert client.get("/en/manual/to/m99/").status_code == 404


def test_closed_module_is_in_no_list(client, manual):
    manual["en"]["m01"].view_restrictions.create(restriction_type="login")

    html = read(client, manual["en"]["manual"])

    assert manual["en"]["m01"].url not in html
    assert manual["en"]["m01-1"].url not in html


def test_tag_lists_the_chapters_that_carry_it(client, manual):
    page = manual["en"]["m01-1"]
    page.tags.add("consent")
    published(page)

    html = read(client, page)
    listed = client.get("/en/manual/tags/consent/").content.decode()

    assert "/en/manual/tags/consent/" in html
    assert page.title in listed
    assert client.get("/en/manual/tags/nothing/").status_code == 404
