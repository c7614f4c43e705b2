"""A person's own page."""

from django.urls import reverse

import pytest

pytestmark = pytest.mark.django_db
DETAILS = {
    "name": "Ana-Maria  Munteanu",
    "profession": "psychologist",
    "institution": "DGASPC Iași",
    "professional_code": "",
    "language": "nb",
}


def test_profile_needs_a_sign_in(client):
    response = client.get(reverse("accounts:profile"))

    assert response.status_code == 302
    assert response["Location"].startswith("/en/accounts/login/?next=")


def test_profile_saves_what_a_person_says(browser_of, ana):
    response = browser_of(ana).post(reverse("accounts:profile"), DETAILS)

    assert response.status_code == 302
    ana.refresh_from_db()
    assert (ana.name, ana.profession, ana.institution, ana.language) == (
        "Ana-Maria Munteanu",
        "psychologist",
        "DGASPC Iași",
        "nb",
    )


@pytest.mark.parametrize("name", ["O'Brien", "Ștefan Țurcanu", "Åse Ødegård", "عبد الله", "Li 🙂", "x" * 200])
def test_profile_keeps_names_as_people_write_them(browser_of, ana, name):
    browser_of(ana).post(reverse("accounts:profile"), {**DETAILS, "name": name})

    ana.refresh_from_db()
    assert ana.name == name


@pytest.mark.parametrize(
    "change", [{"name": ""}, {"name": "x" * 201}, {"language": "xx"}], ids=["no name", "long name", "unknown language"]
)
def test_profile_refuses_what_cannot_be_printed_and_keeps_the_old(browser_of, ana, change):
    response = browser_of(ana).post(reverse("accounts:profile"), {**DETAILS, **change})

    assert response.status_code == 422
    ana.refresh_from_db()
    assert ana.name == "Ana Munteanu"


def test_profile_changes_nothing_a_person_may_not_change(browser_of, ana):
    browser_of(ana).post(
        reverse("accounts:profile"),
        {**DETAILS, "email": "x@example.org", "is_superuser": "1", "is_staff": "1", "is_demo": "1", "groups": "1"},
    )

    ana.refresh_from_db()
    assert (ana.email, ana.is_superuser, ana.is_staff, ana.is_demo) == ("ana@example.org", False, False, False)
    assert not ana.groups.exists()


def test_profile_says_that_certificates_keep_the_name(browser_of, ana):
    assert "keep the name they were issued to" in browser_of(ana).get(reverse("accounts:profile")).content.decode()
