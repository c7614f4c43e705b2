"""Certificates come from completions, each once; afterwards a person may revoke or replace them."""

import secrets
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from certificates import selectors
from certificates.codes import TOKEN_BYTES, certificate_number, token_from
from certificates.models import Certificate, NumberSeries
from certificates.services.errors import CertificateError
from courses.models import Completion, Enrolment
from courses.progress import Progress
from courses.selectors import progress_of

SERIES = "CC"
# What a replacement does not carry over from the copy it replaces.
ITS_OWN = {
    "id", "uuid", "number", "token", "recipient", "issued", "issued_by", "replaces", "replaced_reason",
    "superseded", "revoked", "revoked_by", "revoked_reason", "document", "sha256", "created",
}  # fmt: skip


@transaction.atomic
def issue_certificate(*, kind: str, subject: UUID) -> Certificate:
    """Attest a completion, once: judge it again, take the next number, and freeze everything that is printed.

    Asked again it gives the certificate that stands. Raises CertificateError `unknown_subject`, `withdrawn`,
    `revoked`, `another_stands`, `not_enough` or `no_name`.
    """
    completion, enrolment = _hold(kind, subject)
    if standing := Certificate.objects.standing().filter(kind=kind, subject=subject).first():
        return standing
    progress = progress_of(enrolment)
    _refuse_what_is_not_due(completion, enrolment, progress)
    copies = _copies(completion, enrolment, progress)
    return Certificate.objects.create(kind=kind, subject=subject, enrolment=enrolment, **_fresh(enrolment), **copies)


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, by: User, reason: str) -> Certificate:
    """Withdraw a certificate for good; the public learns when, the holder also why."""
    reason = _reason(reason)
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if locked.state == "replaced":
        raise CertificateError("not_standing", _("This copy has been replaced. Revoke the newer copy."))
    if locked.state == "valid":
        locked.revoked, locked.revoked_by, locked.revoked_reason = timezone.now(), by, reason
        locked.save(update_fields=["revoked", "revoked_by", "revoked_reason"])
    return locked


@transaction.atomic
def replace_certificate(*, certificate: Certificate, by: User, recipient: str, reason: str) -> Certificate:
    """Issue a corrected copy under a new number; the old one stays and says that it was replaced."""
    reason, recipient = _reason(reason), " ".join(recipient.split())
    if not recipient:
        raise CertificateError("no_name", _("Write the name as it is to be printed."))
    completion, enrolment = _hold(certificate.kind, certificate.subject)
    old = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if old.state != "valid":
        raise CertificateError("not_standing", _("Only a valid certificate can be replaced."))
    if completion.withdrawn:
        raise CertificateError("withdrawn", _("The completion behind it was withdrawn."))
    old.superseded = timezone.now()
    old.save(update_fields=["superseded"])
    carried = {
        field.attname: getattr(old, field.attname)
        for field in Certificate._meta.concrete_fields
        if field.name not in ITS_OWN
    }
    return Certificate.objects.create(
        **carried, **_fresh(enrolment), recipient=recipient, replaces=old, replaced_reason=reason, issued_by=by
    )


def _hold(kind: str, subject: UUID) -> tuple[Completion, Enrolment]:
    """Lock the enrolment, then its completion: no fact arrives and no completion is withdrawn meanwhile."""
    found = Completion.objects.filter(uuid=subject).first() if kind == "completion" else None
    if found is None:
        raise CertificateError("unknown_subject", _("There is nothing to attest under this key."))
    enrolments = Enrolment.objects.select_for_update(of=("self",))
    enrolment = enrolments.select_related("user__organisation", "cohort__course", "cohort__project").get(
        pk=found.enrolment_id
    )
    return Completion.objects.select_for_update().get(pk=found.pk), enrolment


def _refuse_what_is_not_due(completion: Completion, enrolment: Enrolment, progress: Progress) -> None:
    if completion.withdrawn:
        raise CertificateError("withdrawn", _("The completion was withdrawn."))
    if Certificate.objects.filter(kind="completion", subject=completion.uuid).exists():
        raise CertificateError("revoked", _("The certificate of this completion was revoked."))
    if Certificate.objects.standing().filter(kind="completion", enrolment=enrolment).exists():
        raise CertificateError("another_stands", _("A certificate of an earlier completion still stands."))
    if not progress.complete:
        raise CertificateError("not_enough", _("The evidence has fallen below the rule since the completion."))
    if not enrolment.user.name.strip():
        raise CertificateError("no_name", _("The person has given no name to be printed."))


def _copies(completion: Completion, enrolment: Enrolment, progress: Progress) -> dict[str, Any]:
    cohort, person, language = enrolment.cohort, enrolment.user, enrolment.language
    hours, provider = selectors.hours_of(enrolment), selectors.provider()
    completed = timezone.localdate(completion.completed, ZoneInfo(cohort.time_zone))
    return {
        "recipient": " ".join(person.name.split()),
        "profession": person.profession,
        "institution": person.institution or (person.organisation.name if person.organisation else ""),
        "professional_code": person.professional_code,
        "course_title": cohort.course.title(language),
        "modules": selectors.module_titles(progress, language),
        "minutes_attended": hours.counted,
        "minutes_planned": hours.total,
        "academic_hour": cohort.course.academic_hour,
        "form_of_training": cohort.course.form_of_training,
        "places": selectors.places_attended(hours.met_subjects)[:200],
        # A certificate is never issued for days that are still to come.
        "starts": min(cohort.starts, completed),
        "ends": min(cohort.ends, completed),
        "language": language,
        "provider": provider.provider_name or settings.WAGTAIL_SITE_NAME,
        "provider_line": provider.provider_line,
        "provider_number": provider.provider_number,
        "signatory": provider.signatory_name,
        "signatory_title": provider.signatory_title,
        "trainers": selectors.trainer_lines(cohort),
        "funder_line": cohort.project.funder_line if cohort.project else "",
        "edition_id": cohort.edition_id,
    }


def _fresh(enrolment: Enrolment) -> dict[str, Any]:
    """Give what every copy has of its own: date, number, token."""
    issued = timezone.localdate(timezone.now(), ZoneInfo(enrolment.cohort.time_zone))
    token = token_from(secrets.token_bytes(TOKEN_BYTES))
    return {"issued": issued, "number": _next_number(issued), "token": token}


def _next_number(issued: date) -> str:
    """Take the next number of the year; its row stays locked until the certificate is in, so that none is lost."""
    NumberSeries.objects.get_or_create(series=SERIES, year=issued.year)
    series = NumberSeries.objects.select_for_update().get(series=SERIES, year=issued.year)
    series.last += 1
    series.save(update_fields=["last"])
    return certificate_number(SERIES, issued.year, series.last)


def _reason(reason: str) -> str:
    if not reason.strip():
        raise CertificateError("reason_needed", _("Write the reason."))
    return reason.strip()
