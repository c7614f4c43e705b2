"""The pages of courses, through the door a person uses."""

import re

from django.core import mail
from django.urls import reverse

import pytest

from accounts.models import User
from courses import services
from courses.models import Cohort, Course, Enrolment, Evidence
from courses.viewsets import CourseViewSet
from tests.cast import PASSWORD
from tests.factories.courses import CohortFactory, enrolment_of


def page(client, name, *args):
    return client.get(reverse(name, args=args))


def test_my_learning_says_the_state_in_a_sentence_and_leads_on(place, ana, chapters, browser_of):
    services.mark_chapter_read(enrolment=place, chapter=chapters[0], by=ana)

    html = page(browser_of(ana), "courses:my_learning").content.decode()

    assert "The course asks for 3 things. All of them are still open." in html
    assert "Continue: 1.2 Chapter 2" in html
    assert "1 of 2 chapters are marked as read; the course asks for 2." in html


def test_my_learning_is_empty_and_kind_without_a_place(carol, browser_of):
    html = page(browser_of(carol), "courses:my_learning").content.decode()

    assert "You have no place in a course yet." in html


def test_my_learning_asks_strangers_to_sign_in(client):
    response = page(client, "courses:my_learning")

    assert response.status_code == 302
    assert response.url.startswith("/en/accounts/login/")


@pytest.mark.parametrize("places", [1, 3])
def test_my_learning_costs_the_same_for_one_and_three_places(
    places, place, course, ana, browser_of, django_assert_max_num_queries
):
    for _ in range(places - 1):
        enrolment_of(ana, CohortFactory(course=course))
    client = browser_of(ana)
    page(client, "courses:my_learning")

    with django_assert_max_num_queries(10):
        page(client, "courses:my_learning")


def test_marking_a_chapter_as_read_is_a_post_that_can_be_taken_back(place, ana, chapters, browser_of):
    client = browser_of(ana)
    address = reverse("courses:mark_read", args=[chapters[0].pk])

    assert client.get(address).status_code == 405
    client.post(address, {"read": "1"})
    assert [int(row.amount) for row in Evidence.objects.all()] == [1]
    client.post(address, {"read": "0"})
    assert [int(row.amount) for row in Evidence.objects.all()] == [1, 0]


def test_marking_read_without_a_course_records_nothing_and_says_so(carol, chapters, browser_of, homes):
    response = browser_of(carol).post(reverse("courses:mark_read", args=[chapters[0].pk]), {"read": "1"}, follow=False)

    assert response.status_code == 302
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("ana", 200), ("ingrid", 200), ("stefan", 200), ("mihai", 404), ("elena", 404), ("carol", 404)],
)
def test_an_enrolment_is_read_by_its_trainee_and_who_runs_the_cohort(who, status, place, request, browser_of):
    person = request.getfixturevalue(who)

    assert page(browser_of(person), "courses:enrolment", place.uuid).status_code == status


@pytest.mark.parametrize(
    ("who", "status"), [("ingrid", 200), ("stefan", 200), ("ana", 404), ("mihai", 404), ("elena", 404), ("carol", 404)]
)
def test_a_cohort_is_open_to_its_trainers_and_coordinators(who, status, place, request, browser_of):
    person = request.getfixturevalue(who)

    assert page(browser_of(person), "courses:cohort", "iasi-2026").status_code == status


def test_a_trainer_sees_their_own_cohorts_only(iasi, bacau, ingrid, browser_of):
    html = page(browser_of(ingrid), "courses:cohorts").content.decode()

    assert "Iași, autumn 2026" in html
    assert "Bacău" not in html
    assert page(browser_of(ingrid), "courses:cohort", bacau.key).status_code == 404


def test_a_trainer_whose_time_is_over_is_out_at_once(iasi, ingrid, browser_of):
    client = browser_of(ingrid)
    iasi.trainers.update(ends="2020-01-01")

    assert page(client, "courses:cohort", iasi.key).status_code == 404


def test_a_coordinator_enrols_who_has_an_account(iasi, mihai, stefan, browser_of):
    address = reverse("courses:cohort_people", args=[iasi.key])

    browser_of(stefan).post(address, {"email": mihai.email.upper(), "language": "nb"})

    place = Enrolment.objects.get(user=mihai)
    assert (place.cohort, place.language, place.enrolled_by) == (iasi, "nb", stefan)


def test_a_trainer_gives_no_places(iasi, mihai, ingrid, browser_of):
    response = browser_of(ingrid).post(
        reverse("courses:cohort_people", args=[iasi.key]), {"email": mihai.email, "language": "ro"}
    )

    assert response.status_code == 404
    assert not Enrolment.objects.exists()


def test_an_invitation_leads_a_newcomer_into_the_cohort(
    iasi, stefan, browser_of, client, django_capture_on_commit_callbacks
):
    address = reverse("courses:cohort_people", args=[iasi.key])
    with django_capture_on_commit_callbacks(execute=True):
        browser_of(stefan).post(address, {"email": "noua@example.org", "name": "Nouă Persoană", "language": "ro"})
    link = re.search(r"https?://[^/]+(/ro/invitations/\S+/)", mail.outbox[0].body)[1]

    response = client.post(
        link, {"name": "Nouă Persoană", "profession": "asistent social", "password": PASSWORD + "-ș"}
    )

    newcomer = User.objects.get(email="noua@example.org")
    assert response.status_code == 302
    assert Enrolment.objects.get(user=newcomer).cohort == iasi
    assert client.get(response.url).status_code == 200
    assert client.get(link).status_code == 404


def test_a_wrong_address_is_refused_beside_the_field_and_nothing_is_sent(iasi, stefan, browser_of):
    response = browser_of(stefan).post(
        reverse("courses:cohort_people", args=[iasi.key]), {"email": "no", "language": "ro"}
    )

    assert response.status_code == 422
    assert 'href="#id_email"' in response.content.decode()
    assert mail.outbox == []


def test_adopting_the_rule_needs_a_reason(place, iasi, course, stefan, browser_of):
    course.requirements.filter(kind="quiz").update(threshold=60)
    address = reverse("courses:cohort_rule", args=[iasi.key])
    client = browser_of(stefan)

    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "The board decided."}).status_code == 302
    assert Cohort.objects.get(pk=iasi.pk).rule[1]["threshold"] == 60


@pytest.mark.parametrize("bulk", [False, True], ids=["single", "bulk"])
def test_a_chapter_a_cohort_asks_for_is_not_deleted(bulk, place, chapters, elena, browser_of):
    chapter = chapters[0]
    address = f"/cms/bulk/wagtailcore/page/delete/?id={chapter.pk}" if bulk else f"/cms/pages/{chapter.pk}/delete/"

    response = browser_of(elena).post(address, follow=True)

    assert response.status_code == 200
    assert type(chapter).objects.filter(pk=chapter.pk).exists()


def test_a_course_with_cohorts_is_not_deleted(iasi, stefan, browser_of):
    address = reverse(CourseViewSet("course-list").get_url_name("delete"), args=[iasi.course.pk])

    response = browser_of(stefan).post(address, follow=True)

    assert response.status_code == 200
    assert Course.objects.filter(pk=iasi.course.pk).exists()
