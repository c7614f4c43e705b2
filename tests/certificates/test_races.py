"""Everybody at once, with real transactions on either database: still one certificate, one number, one file."""

import threading

from django.core.files.storage import default_storage
from django.db import connection

import pytest

from certificates import services
from certificates.models import Certificate, NumberSeries
from tests.factories.certificates import complete

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count, deed):
    """Run one deed in threads that all begin together; give what each returned or raised."""
    gate, outcomes = threading.Barrier(count), [None] * count

    def run(place):
        try:
            gate.wait(timeout=10)
            outcomes[place] = deed(place)
        except Exception as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def test_eight_at_once_issue_one_certificate(completion):
    outcomes = at_once(8, lambda _: services.issue_certificate(kind="completion", subject=completion.uuid))

    assert {outcome.number for outcome in outcomes} == {Certificate.objects.get().number}
    assert NumberSeries.objects.get().last == 1


def test_certificates_issued_at_once_have_numbers_without_gaps(completion, mihais_place):
    subjects = [completion.uuid, complete(mihais_place).uuid]

    outcomes = at_once(2, lambda place: services.issue_certificate(kind="completion", subject=subjects[place]))

    assert sorted(outcome.number[-5:] for outcome in outcomes) == ["00001", "00002"]


def test_two_who_replace_at_once_make_one_copy(completion, stefan):
    certificate = services.issue_certificate(kind="completion", subject=completion.uuid)

    outcomes = at_once(
        2,
        lambda place: services.replace_certificate(
            certificate=certificate, by=stefan, recipient=f"Ana {place}", reason="Nume."
        ),
    )

    refused = [outcome.code for outcome in outcomes if isinstance(outcome, services.CertificateError)]
    assert refused == ["not_standing"]
    assert Certificate.objects.standing().count() == 1


def test_four_printers_at_once_keep_one_file(completion):
    certificate = services.issue_certificate(kind="completion", subject=completion.uuid)

    def deed(_):
        return services.ensure_document(certificate=Certificate.objects.get(pk=certificate.pk))

    assert {outcome.sha256 for outcome in at_once(4, deed)} == {Certificate.objects.get().sha256}
    assert len(default_storage.listdir("certificates")[1]) == 1
