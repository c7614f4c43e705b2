"""The holder's certificates, and the coordinator's deeds, through the doors they use."""

from django.urls import reverse

import pytest

from certificates import services
from certificates.models import Certificate
from courses import services as courses
from tests.factories.certificates import certificate_of, complete

EVERYBODY_ELSE = ["mihai", "ingrid", "elena", "carol"]


def url(name, *args):
    return reverse(f"certificates:{name}", args=args)


def body(response):
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(
    ("who", "status"), [("ana", 200), ("stefan", 200), ("admin", 200), *((who, 404) for who in EVERYBODY_ELSE)]
)
def test_document_is_for_its_holder_and_coordinators(who, status, certificate, request, browser_of):
    response = browser_of(request.getfixturevalue(who)).get(url("download", certificate.uuid))

    assert response.status_code == status
    if status == 200:
        assert body(response).startswith(b"%PDF")


def test_document_is_not_for_strangers(client, certificate):
    response = client.get(url("download", certificate.uuid))

    assert (response.status_code, "/accounts/login/" in response.url) == (302, True)


def test_document_is_made_when_first_asked_for_and_handed_out_safely(certificate, ana, browser_of):
    response = browser_of(ana).get(url("download", certificate.uuid))
    first = body(response)

    assert response["Content-Disposition"] == f'attachment; filename="{certificate.number}.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert body(browser_of(ana).get(url("download", certificate.uuid))) == first


def test_missing_document_is_explained(certificate, ana, browser_of):
    kept = services.ensure_document(certificate=certificate)
    kept.document.storage.delete(kept.document.name)

    response = browser_of(ana).get(url("download", certificate.uuid))

    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "The stored document is missing." in response.content.decode()


def test_own_list_holds_own_certificates_only(certificate, mihais_place, ana, carol, browser_of):
    other = certificate_of(mihais_place)

    html = browser_of(ana).get(url("mine")).content.decode()

    assert certificate.number in html
    assert other.number not in html
    assert "No certificate yet." in browser_of(carol).get(url("mine")).content.decode()


def test_holder_reads_why_a_certificate_was_revoked(certificate, ana, stefan, browser_of):
    services.revoke_certificate(certificate=certificate, by=stefan, reason="Identity mixed up.")

    html = browser_of(ana).get(url("mine")).content.decode()

    assert "Identity mixed up." in html
    assert url("download", certificate.uuid) not in html


@pytest.mark.parametrize("count", [1, 3])
def test_own_list_costs_the_same_for_one_and_three(
    count, certificate, completion, anas_place, ana, stefan, browser_of, django_assert_max_num_queries
):
    row = certificate
    for n in range(count - 1):
        row = services.replace_certificate(certificate=row, by=stefan, recipient=f"Ana {'ab'[n]}", reason="Nume.")
    client = browser_of(ana)
    client.get(url("mine"))

    with django_assert_max_num_queries(14):
        client.get(url("mine"))


def test_my_learning_leads_to_the_certificate(certificate, ana, browser_of):
    html = browser_of(ana).get(reverse("courses:my_learning")).content.decode()

    assert certificate.number in html
    assert url("download", certificate.uuid) in html


def test_my_learning_says_that_the_certificate_follows(completion, ana, browser_of):
    html = browser_of(ana).get(reverse("courses:my_learning")).content.decode()

    assert "the certificate follows within minutes" in html


# --- Coordinators -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["ana", *EVERYBODY_ELSE])
def test_only_coordinators_manage_certificates(who, certificate, request, browser_of):
    client = browser_of(request.getfixturevalue(who))
    before = Certificate.objects.values().get()

    assert client.get(url("cohort", "iasi-2026")).status_code == 404
    for deed in ("revoke", "replace"):
        address = url(deed, certificate.uuid)
        assert client.get(address).status_code == 404
        assert client.post(address, {"reason": "Mine now.", "recipient": "Me"}).status_code == 404
    assert Certificate.objects.values().get() == before


def test_cohort_page_leads_to_its_certificates(certificate, stefan, browser_of):
    client = browser_of(stefan)

    assert url("cohort", "iasi-2026") in client.get(reverse("courses:cohort", args=["iasi-2026"])).content.decode()
    html = client.get(url("cohort", "iasi-2026")).content.decode()
    assert certificate.number in html
    assert "Ana Munteanu" in html


@pytest.mark.parametrize("cohort", ["iasi-2026", "bacau-2026"])
def test_cohort_list_keeps_to_its_cohort(cohort, certificate, mihais_place, stefan, browser_of):
    other = certificate_of(mihais_place)

    html = browser_of(stefan).get(url("cohort", cohort)).content.decode()

    assert (certificate.number in html, other.number in html) == (cohort == "iasi-2026", cohort == "bacau-2026")


def test_completions_without_certificate_are_named(mihais_place, stefan, browser_of, provider):
    complete(mihais_place)

    html = browser_of(stefan).get(url("cohort", "bacau-2026")).content.decode()

    assert "Completed, without a certificate" in html
    assert "Mihai Țurcanu" in html


def test_certificate_whose_completion_was_withdrawn_asks_for_a_decision(certificate, completion, stefan, browser_of):
    courses.withdraw_completion(completion=completion, by=stefan, reason="By mistake.")

    html = browser_of(stefan).get(url("cohort", "iasi-2026")).content.decode()

    assert "Its completion was withdrawn." in html


def test_coordinator_revokes_with_a_reason(certificate, stefan, browser_of):
    client = browser_of(stefan)

    assert client.post(url("revoke", certificate.uuid), {"reason": ""}).status_code == 422
    assert client.get(url("revoke", certificate.uuid)).status_code == 200
    response = client.post(url("revoke", certificate.uuid), {"reason": "Identity mixed up."})

    certificate.refresh_from_db()
    assert (response.status_code, response.url) == (302, url("cohort", "iasi-2026"))
    assert (certificate.state, certificate.revoked_by) == ("revoked", stefan)


def test_coordinator_replaces_and_the_copy_is_printed(certificate, stefan, browser_of):
    client = browser_of(stefan)
    given = {"recipient": "Ana-Maria Munteanu", "reason": "Nume corectat."}

    assert client.post(url("replace", certificate.uuid), given | {"recipient": " "}).status_code == 422
    assert "Ana Munteanu" in client.get(url("replace", certificate.uuid)).content.decode()
    client.post(url("replace", certificate.uuid), given)
    again = client.post(url("replace", certificate.uuid), given)

    assert again.status_code == 422
    assert "Only a valid certificate can be replaced." in again.content.decode()
    copy = Certificate.objects.standing().get()
    assert (copy.recipient, copy.issued_by, copy.replaces) == ("Ana-Maria Munteanu", stefan, certificate)
