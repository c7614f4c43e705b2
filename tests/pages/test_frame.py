"""The frame around every page: language, menu, helplines, the way here, notices."""

import datetime as dt

from django.urls import reverse

import pytest
from bs4 import BeautifulSoup

from tests import cast
from tests.factories.manual import ManualPageFactory
from tests.factories.pages import HelplineFactory, StandardPageFactory


def soup_of(response):
    return BeautifulSoup(response.content, "html.parser")


def menu_of(response):
    return [item.get_text(strip=True) for item in soup_of(response).select("#menu li")]


def languages_of(response):
    return {choice["lang"]: choice.get("href", "") for choice in soup_of(response).select(".languages [lang]")}


@pytest.mark.parametrize("language", ["en", "ro", "nb"])
def test_home_page_says_its_language(client, homes, language):
    response = client.get(f"/{language}/")

    assert soup_of(response).html["lang"] == language
    assert soup_of(response).h1.get_text() == homes[language].headline


def test_home_page_shows_the_manual_in_its_own_language(client, homes):
    ManualPageFactory(parent=homes["ro"], locale=homes["ro"].locale, slug="manual")

    assert soup_of(client.get("/ro/")).select_one(".hero a")["href"] == "/ro/manual/"


def test_home_page_without_manual_voices_or_origin_still_opens(client, homes):
    assert client.get("/en/").status_code == 200


# --- Languages --------------------------------------------------------------------------------------------------------


def test_language_switch_of_a_page_leads_to_its_translations(client, homes):
    page = StandardPageFactory(parent=homes["en"], locale=homes["en"].locale, slug="pause")
    StandardPageFactory(
        parent=homes["ro"], locale=homes["ro"].locale, slug="pauza", translation_key=page.translation_key
    )

    choices = languages_of(client.get("/en/pause/"))

    assert choices == {"en": "", "ro": "/ro/pauza/", "nb": "/nb/"}


def test_language_switch_does_not_lead_to_an_unpublished_translation(client, homes):
    page = StandardPageFactory(parent=homes["en"], locale=homes["en"].locale, slug="pause")
    StandardPageFactory(
        parent=homes["ro"], locale=homes["ro"].locale, slug="pauza", translation_key=page.translation_key, live=False
    )

    assert languages_of(client.get("/en/pause/"))["ro"] == "/ro/"


def test_language_switch_of_a_view_keeps_address_and_question(client, homes):
    choices = languages_of(client.get("/en/accounts/login/?next=/en/learn/"))

    assert choices == {
        "en": "",
        "ro": "/ro/accounts/login/?next=/en/learn/",
        "nb": "/nb/accounts/login/?next=/en/learn/",
    }


def test_page_names_its_translations_for_search_engines(client, homes):
    links = soup_of(client.get("/en/")).select("link[rel=alternate]")

    assert {link["hreflang"]: link["href"] for link in links} == {
        "en": "http://testserver/en/",
        "ro": "http://testserver/ro/",
        "nb": "http://testserver/nb/",
    }


# --- Menu -------------------------------------------------------------------------------------------------------------


def test_menu_of_a_visitor_offers_to_sign_in_and_nothing_private(client, homes):
    words = menu_of(client.get("/en/"))

    assert words == ["Manual", "Check a certificate", "Sign in"]


def test_menu_of_a_trainee_has_learning_and_their_name(browser_of, ana, homes):
    words = menu_of(browser_of(ana).get("/en/"))

    assert words == ["Manual", "My learning", "Study visits", "Certificates", cast.ANA.name.split()[0]]


@pytest.mark.parametrize("who", ["ingrid", "stefan"])
def test_menu_of_who_runs_cohorts_leads_to_them(who, request, browser_of, homes):
    assert "Cohorts" in menu_of(browser_of(request.getfixturevalue(who)).get("/en/"))


def test_menu_leads_to_the_languages_of_the_manual_where_it_is_not_translated(client, homes):
    links = soup_of(client.get("/nb/")).select("#menu a")

    assert links[0]["href"] == "/nb/manual/"


def test_menu_of_an_editor_opens_the_editing_desk(browser_of, elena, homes):
    assert "Edit" in menu_of(browser_of(elena).get("/en/"))


def test_menu_marks_where_one_is(client, homes):
    here = soup_of(client.get(reverse("account_login"))).select("#menu [aria-current=page]")

    assert [word.get_text(strip=True) for word in here] == ["Sign in"]


# --- Foot -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "label"), [("en", "Helpline"), ("ro", "Linie de ajutor"), ("nb", "Hjelpetelefon")]
)
def test_foot_shows_helplines_in_the_language_of_the_page(client, homes, language, label):
    HelplineFactory(label_en="Helpline", label_ro="Linie de ajutor", label_nb="Hjelpetelefon", number="0800 800 678")

    line = soup_of(client.get(f"/{language}/")).select_one(".foot__lines div")

    assert line.dt.get_text() == label
    assert line.a["href"] == "tel:0800800678"


def test_foot_says_when_the_oldest_number_was_checked(client, homes):
    HelplineFactory(checked_on=dt.date(2026, 11, 23))
    HelplineFactory(checked_on=dt.date(2026, 9, 2))

    assert "Numbers checked on 2 September 2026." in soup_of(client.get("/en/")).select_one(".foot .note").get_text()


def test_foot_has_the_emergency_number_before_anybody_has_written_helplines(client, homes):
    assert "112" in soup_of(client.get("/en/")).select_one(".foot__lines").get_text()


def test_foot_leaves_out_lines_that_are_not_for_every_page(client, homes):
    HelplineFactory(number="116 111", in_footer=False)

    assert "116 111" not in soup_of(client.get("/en/")).select_one(".foot__lines").get_text()


def test_foot_lists_plain_pages_in_the_column_editors_chose(client, homes):
    StandardPageFactory(parent=homes["en"], locale=homes["en"].locale, title="Pause and support", foot="care")
    StandardPageFactory(parent=homes["en"], locale=homes["en"].locale, title="Your data", foot="about")
    StandardPageFactory(parent=homes["en"], locale=homes["en"].locale, title="Draft", foot="about", live=False)
    StandardPageFactory(parent=homes["ro"], locale=homes["ro"].locale, title="Datele tale", foot="about")

    foot = soup_of(client.get("/en/")).select_one(".foot")
    care, about = (section.get_text() for section in foot.select(".foot__care, .foot__about"))

    assert "Pause and support" in care
    assert "Your data" in about
    assert "Draft" not in about
    assert "Datele tale" not in about


def test_leaving_at_once_is_a_plain_link_that_tells_nothing(client, homes):
    link = soup_of(client.get("/en/")).select_one("a[data-leave-at-once]")

    assert link["href"].startswith("https://")
    assert "noreferrer" in link["rel"]


# --- The way here, notices, cost --------------------------------------------------------------------------------------


def test_breadcrumbs_lead_home_and_end_at_the_page(client, homes):
    StandardPageFactory(parent=homes["en"], locale=homes["en"].locale, title="Your data", slug="data")

    steps = soup_of(client.get("/en/data/")).select(".crumbs li")

    assert [step.get_text(strip=True) for step in steps] == ["Home", "Your data"]
    assert steps[0].a["href"] == "/en/"
    assert steps[1]["aria-current"] == "page"


def test_notice_after_a_post_is_drawn_and_takes_the_focus(browser_of, ana, homes):
    browser = browser_of(ana)
    browser.post(reverse("account_logout"))

    notices = soup_of(browser.get("/en/")).select_one("[data-focus-notice]")

    assert notices["tabindex"] == "-1"
    assert notices.select_one(".notice[role=status] strong").get_text(strip=True)


def test_wrong_password_does_not_say_which_half_was_wrong(client, ana, homes):
    response = client.post(reverse("account_login"), {"login": cast.ANA.email, "password": "not-the-password"})
    stranger = client.post(reverse("account_login"), {"login": "nobody@example.org", "password": "not-the-password"})

    said = soup_of(response).select_one(".notice--bad").get_text(" ", strip=True)

    assert said == soup_of(stranger).select_one(".notice--bad").get_text(" ", strip=True)
    assert soup_of(response).title.get_text().startswith("Error:")
    assert soup_of(response).select_one("#id_login")["value"] == cast.ANA.email


@pytest.mark.parametrize("lines", [1, 3], ids=["one line", "three lines"])
def test_frame_costs_the_same_however_much_it_holds(client, homes, django_assert_max_num_queries, lines):
    for _ in range(lines):
        HelplineFactory()
        StandardPageFactory(parent=homes["en"], locale=homes["en"].locale, foot="about")
    client.get("/en/accounts/login/")

    with django_assert_max_num_queries(1):
        client.get("/en/accounts/login/")


def test_page_without_a_language_in_its_address_keeps_the_choice_by_a_form(client, homes):
    form = soup_of(client.get("/verify/")).select_one(".languages form")

    client.post(form["action"], {"next": "/verify/", "language": "ro"})

    assert soup_of(client.get("/verify/")).html["lang"] == "ro"
