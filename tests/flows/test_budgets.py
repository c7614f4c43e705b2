"""What the pages that people wait for ask of the database, head and foot included, and that they are never old."""

from django.contrib.auth.models import Group
from django.forms import model_to_dict
from django.urls import reverse

import pytest

from accounts import roles
from manual.models import ChapterPage
from pages.models import Helpline, SiteSettings
from tests.factories.courses import CohortFactory, CohortTrainerFactory, enrolment_of
from tests.factories.pages import HelplineFactory
from tests.flows.walking import answer_quiz, keep_register, read_everything, words
from tests.manual.test_prints import change_helpline

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def trainee(place, session, ana, browser_of):
    return browser_of(ana)


def my_learning(client):
    return client.get(reverse("courses:my_learning"))


def chapter():
    return ChapterPage.objects.filter(locale__language_code="en").order_by("path").first()


def test_chapter_with_its_quiz_and_ones_own_reading_costs_five_queries(
    trainee, place, course, ana, django_assert_max_num_queries
):
    enrolment_of(ana, CohortFactory(course=course))
    read_everything(trainee)
    answer_quiz(trainee, place, right=1)
    url = chapter().url

    # version, session, person with roles, places with what is read, attempts
    with django_assert_max_num_queries(5):
        said = words(trainee.get(url))

    assert "You have read this chapter." in said
    assert "Quiz of this module" in said


@pytest.mark.parametrize("places", [1, 3])
def test_my_learning_costs_nine_queries_when_everything_is_done(
    trainee, place, course, session, ana, ana_there, ingrid, stefan, browser_of, places, django_assert_max_num_queries
):
    for _ in range(places - 1):
        cohort = CohortFactory(course=course)
        CohortTrainerFactory(cohort=cohort, user=ingrid)
        CohortTrainerFactory(cohort=cohort, user=stefan)
        session.cohorts.add(cohort)
        enrolment_of(ana, cohort)
    read_everything(trainee)
    keep_register(browser_of(ingrid), session, ana_there, "present")
    answer_quiz(trainee, place, right=4)
    my_learning(trainee)

    # session, person, places, their plans, evidence, version, attempts, half-days, certificates
    with django_assert_max_num_queries(9):
        said = words(my_learning(trainee))

    assert "Everything the course asks was done" in said
    assert "3 h of 3 h" in said
    assert said.count("Trainer: Ingrid Bråten.") == 1
    assert said.count("Trainers: Ingrid Bråten, Ștefan Dobre.") == places - 1


def test_half_days_of_one_place_are_not_those_of_another(
    trainee, place, course, session, ana, ana_there, ingrid, browser_of
):
    keep_register(browser_of(ingrid), session, ana_there, "present")
    other = CohortFactory(course=course, title="Another cohort")
    session.cohorts.add(other)
    enrolment_of(ana, other)

    page = my_learning(trainee).content.decode()

    assert ["3\xa0h of 3\xa0h" in part for part in page.split("<article")[1:]] == [False, True]


def test_frame_of_a_page_without_text_is_never_old(trainee, admin, browser_of):
    line = HelplineFactory(number="0800 800 678")
    my_learning(trainee)

    change_helpline(browser_of(admin), line, "0800 999 999")
    changed = my_learning(trainee).content.decode()
    Helpline.objects.all().delete()
    gone = my_learning(trainee).content.decode()

    assert ("0800 999 999" in changed, "0800 800 678" in changed) == (True, False)
    assert "0800 999 999" not in gone


def test_site_settings_changed_in_the_cms_are_on_every_page_at_once(trainee, admin, browser_of):
    my_learning(trainee)
    found = SiteSettings.objects.get()

    changed = {**model_to_dict(found), "leave_url": "https://weather.example/"}
    browser_of(admin).post(f"/cms/settings/pages/sitesettings/{found.site_id}/", changed)

    assert 'href="https://weather.example/"' in my_learning(trainee).content.decode()


def test_chapter_that_is_renamed_is_named_anew_in_my_learning(trainee):
    page = chapter()
    my_learning(trainee)

    page.title = "Wholly new"
    page.save_revision().publish()

    assert "Wholly new" in words(my_learning(trainee))


def test_role_is_seen_in_the_menu_at_once_and_gone_at_once(trainee, ana):
    ana.groups.add(Group.objects.get(name=roles.TRAINER))
    ana.groups.add(Group.objects.get(name=roles.EDITOR))
    given = my_learning(trainee).content.decode()
    ana.groups.clear()
    taken = my_learning(trainee).content.decode()

    cohorts, cms = reverse("courses:cohorts"), reverse("wagtailadmin_home")
    assert (cohorts in given, cms in given) == (True, True)
    assert (cohorts in taken, cms in taken) == (False, False)
