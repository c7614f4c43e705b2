"""A certificate keeps what it said."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone

import pytest

from certificates.models import Certificate, FrozenError
from courses.models import Enrolment

COPIES = {
    "number": "CC-2026-99999",
    "token": "0" * 26,
    "recipient": "Somebody Else",
    "course_title": "Another course",
    "modules": ["More"],
    "minutes_attended": 10_000,
    "starts": dt.date(2020, 1, 1),
    "issued": dt.date(2020, 1, 1),
    "language": "nb",
    "kind": "participation",
    "trainers": [{"name": "Nobody", "title": ""}],
    "funder_line": "Paid by somebody else.",
}


@pytest.fixture
def certificate(anas_place):
    return row_of(anas_place)


def row_of(enrolment: Enrolment, **fields):
    return Certificate.objects.create(
        **{
            "kind": "completion",
            "subject": enrolment.uuid,
            "enrolment": enrolment,
            "number": "CC-2026-00001",
            "token": "7" * 26,
            "recipient": "Ana Munteanu",
            "course_title": "Consiliere și asistență",
            "modules": ["Ce este traficul de persoane"],
            "minutes_attended": 180,
            "minutes_planned": 180,
            "academic_hour": 45,
            "form_of_training": "blended",
            "starts": dt.date(2026, 10, 1),
            "ends": dt.date(2026, 12, 18),
            "language": "ro",
            "provider": "Centrul Comunitar Lunca",
            "issued": dt.date(2026, 12, 18),
        }
        | fields
    )


@pytest.mark.parametrize("field", list(COPIES))
@pytest.mark.parametrize("read_back", [False, True], ids=["as made", "as read"])
def test_copies_never_change(field, read_back, certificate):
    row = Certificate.objects.get() if read_back else certificate
    before = getattr(row, field)
    setattr(row, field, COPIES[field])

    with pytest.raises(FrozenError, match=field):
        row.save()
    with pytest.raises(FrozenError, match=field):
        row.save(update_fields=[field])

    assert getattr(Certificate.objects.get(), field) == before


def test_certificates_are_not_changed_in_bulk_nor_deleted(certificate):
    for deed in (
        lambda: Certificate.objects.update(recipient="Somebody Else"),
        lambda: Certificate.objects.filter(pk=certificate.pk).update(revoked=timezone.now()),
        lambda: Certificate.objects.bulk_update([certificate], ["recipient"]),
        lambda: Certificate.objects.all().delete(),
        certificate.delete,
    ):
        with pytest.raises(FrozenError):
            deed()

    assert Certificate.objects.get().recipient == "Ana Munteanu"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"document": "certificates/a.pdf", "sha256": "a" * 64}, {"sha256": "b" * 64}),
        ({"document": "certificates/a.pdf", "sha256": "a" * 64}, {"document": "certificates/b.pdf"}),
        ({"superseded": timezone.now()}, {"superseded": None}),
        ({"superseded": timezone.now()}, {"superseded": timezone.now() + dt.timedelta(1)}),
    ],
    ids=["other hash", "other document", "stands again", "other moment"],
)
def test_what_happens_once_is_written_once(first, second, certificate):
    for name, value in first.items():
        setattr(certificate, name, value)
    certificate.save()
    for name, value in second.items():
        setattr(certificate, name, value)

    with pytest.raises(FrozenError):
        certificate.save()


def test_only_one_certificate_stands_for_a_subject(certificate, anas_place):
    with pytest.raises(IntegrityError), transaction.atomic():
        row_of(anas_place, number="CC-2026-00002", token="8" * 26)

    certificate.superseded = timezone.now()
    certificate.save()
    row_of(anas_place, number="CC-2026-00002", token="8" * 26)
    assert [row.state for row in Certificate.objects.order_by("pk")] == ["replaced", "valid"]


@pytest.mark.parametrize("field", ["number", "token"])
def test_number_and_token_are_given_once(field, certificate, mihais_place):
    more = {"number": "CC-2026-00002", "token": "8" * 26} | {field: getattr(certificate, field)}

    with pytest.raises(IntegrityError), transaction.atomic():
        row_of(mihais_place, **more)


def test_nothing_is_revoked_without_a_person_and_a_reason(certificate, stefan):
    certificate.revoked, certificate.revoked_by = timezone.now(), stefan

    with pytest.raises(IntegrityError), transaction.atomic():
        certificate.save()


def test_a_hash_stands_only_beside_its_document(certificate):
    certificate.sha256 = "a" * 64

    with pytest.raises(IntegrityError), transaction.atomic():
        certificate.save()
