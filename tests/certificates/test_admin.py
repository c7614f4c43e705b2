"""The list of certificates in the CMS: for coordinators and administrators, to look through."""

from django.urls import NoReverseMatch, reverse

import pytest
from bs4 import BeautifulSoup

from certificates import services
from certificates.viewsets import CertificateViewSet
from tests.factories.accounts import UserFactory
from tests.factories.certificates import certificate_of
from tests.factories.courses import CohortFactory, enrolment_of
from tests.trust.knocking import knock

URL = "/cms/certificate-list/"


@pytest.fixture
def others(certificate, course):
    """Three certificates beside Ana's: a valid one, a revoked one, and one that was replaced; and their cohort."""
    cohort = CohortFactory(course=course, title="Vaslui, spring 2026")
    for name in ("Valeria Pop", "Remus Ionescu", "Ilie Lupu"):
        certificate_of(enrolment_of(UserFactory(name=name), cohort))
    return cohort


@pytest.fixture
def states(others, stefan):
    by_name = {row.recipient: row for row in others_rows(others)}
    services.revoke_certificate(certificate=by_name["Remus Ionescu"], by=stefan, reason="It was a mistake.")
    services.replace_certificate(
        certificate=by_name["Ilie Lupu"], by=stefan, recipient="Ilie Lupu-Vlad", reason="The name was wrong."
    )


def others_rows(cohort):
    return [place.certificates.get() for place in cohort.enrolments.all()]


def rows(client, **query):
    """Each row of the list as its cells."""
    response = client.get(f"{URL}results/", query)
    assert response.status_code == 200
    found = BeautifulSoup(response.content, "html.parser").select("tbody tr")
    return [[" ".join(cell.get_text(" ").split()) for cell in row.select("td")] for row in found]


def names(client, **query):
    return {row[1] for row in rows(client, **query)}


@pytest.mark.parametrize("who", ["stefan", "admin"])
def test_coordinators_and_administrators_look_through_all_certificates(who, certificate, others, request, browser_of):
    client = browser_of(request.getfixturevalue(who))

    assert names(client) == {"Ana Munteanu", "Valeria Pop", "Remus Ionescu", "Ilie Lupu"}
    assert URL in client.get("/cms/").content.decode()


@pytest.mark.parametrize("who", ["ana", "ingrid", "elena", "carol"])
def test_list_is_closed_to_others(who, certificate, request, browser_of):
    client = browser_of(request.getfixturevalue(who))
    if who == "elena":  # She is at home in the CMS; the list is not hers.
        assert URL not in client.get("/cms/").content.decode()

    for address in (URL, f"{URL}results/"):
        response = client.get(address)

        assert response.status_code in {302, 403}
        assert "Ana Munteanu" not in response.content.decode()


def test_strangers_are_asked_to_sign_in(certificate, client):
    assert "/accounts/login/" in client.get(URL, follow=True).redirect_chain[-1][0]


def test_list_is_searched_by_number_and_by_name(certificate, others, stefan, browser_of):
    client = browser_of(stefan)

    assert names(client, q=certificate.number) == {"Ana Munteanu"}
    assert names(client, q="valeria") == {"Valeria Pop"}
    assert names(client, q="nobody") == set()


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("valid", {"Ana Munteanu", "Valeria Pop", "Ilie Lupu-Vlad"}),
        ("revoked", {"Remus Ionescu"}),
        ("replaced", {"Ilie Lupu"}),
    ],
)
def test_list_is_sifted_by_state(state, found, certificate, states, stefan, browser_of):
    shown = rows(browser_of(stefan), state=state)

    assert {row[1] for row in shown} == found
    assert {row[5].lower() for row in shown} == {state}


def test_list_is_sifted_by_cohort(certificate, others, stefan, browser_of):
    assert names(browser_of(stefan), cohort=others.pk) == {"Valeria Pop", "Remus Ionescu", "Ilie Lupu"}


def test_deeds_lead_to_the_pages_of_the_site(certificate, states, stefan, browser_of):
    html = browser_of(stefan).get(URL).content.decode()

    for deed in ("download", "replace", "revoke"):
        assert f'href="{reverse(f"certificates:{deed}", args=[certificate.uuid])}"' in html
    assert html.count("/replace/") == html.count("/revoke/") == 3  # only what is valid
    assert html.count("/pdf/") == 5


@pytest.mark.parametrize("who", ["stefan", "admin"])
def test_nothing_can_be_added_changed_or_deleted(who, certificate, request, browser_of):
    client = browser_of(request.getfixturevalue(who))
    html = client.get(URL).content.decode()

    for deed in ("add", "edit", "delete"):
        with pytest.raises(NoReverseMatch):
            reverse(CertificateViewSet("certificate-list").get_url_name(deed), args=[certificate.pk])
    assert "/new/" not in html.split("</aside>")[-1]
    for address in (f"edit/{certificate.pk}/", f"delete/{certificate.pk}/", "new/"):
        assert client.get(URL + address, follow=True).status_code == 404
    assert knock(client, "POST", URL).written == set()


def test_list_costs_the_same_for_one_and_for_many(certificate, course, stefan, browser_of, django_assert_num_queries):
    client = browser_of(stefan)
    client.get(f"{URL}results/")
    with django_assert_num_queries(8, exact=False) as few:
        client.get(f"{URL}results/")
    for _ in range(5):
        certificate_of(enrolment_of(UserFactory(), CohortFactory(course=course)))

    with django_assert_num_queries(len(few)):
        client.get(f"{URL}results/")
