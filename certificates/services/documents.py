"""A certificate is printed once; its bytes and their hash are kept and never made anew."""

import hashlib
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from certificates.models import Certificate
from certificates.services.errors import CertificateError
from printing.press import print_pdf


def ensure_document(*, certificate: Certificate) -> Certificate:
    """Print a certificate that has no document yet, outside any transaction; the first copy stored is the one."""
    certificate.refresh_from_db()
    if certificate.document:
        return certificate
    pdf = print_pdf(document_html(certificate))
    certificate.document.save("", ContentFile(pdf), save=False)
    written = certificate.document.name
    certificate.sha256 = hashlib.sha256(pdf).hexdigest()
    kept = _keep(certificate)
    if kept.document.name != written:  # somebody else was faster; theirs stands
        certificate.document.storage.delete(written)
    return kept


def open_document(*, certificate: Certificate) -> File:
    """Open the stored document; raises CertificateError `document_missing` when the file is gone."""
    try:
        return certificate.document.open("rb")
    except FileNotFoundError as error:
        message = _("The stored document is missing. Please tell the organiser; the certificate itself stands.")
        raise CertificateError("document_missing", message) from error


@transaction.atomic
def _keep(printed: Certificate) -> Certificate:
    locked = Certificate.objects.select_for_update().get(pk=printed.pk)
    if not locked.document:
        locked.document, locked.sha256 = printed.document.name, printed.sha256
        locked.save(update_fields=["document", "sha256"])
    return locked


def document_html(certificate: Certificate) -> str:
    """Lay a certificate out in its own language, from the frozen row alone."""
    with translation.override(certificate.language):
        return render_to_string("certificates/certificate_print.html", {"certificate": _printed(certificate)})


def verify_url(certificate: Certificate) -> str:
    """Give the address in the square code."""
    return settings.SITE_URL + reverse("verify:certificate", args=[certificate.token])


def _printed(certificate: Certificate) -> dict[str, Any]:
    signatories = [{"name": certificate.signatory, "title": certificate.signatory_title}, *certificate.trainers]
    return {
        "kind": certificate.kind,
        "number": certificate.number,
        "token": certificate.token,
        "verify_url": verify_url(certificate),
        "verify_page": settings.SITE_URL + reverse("verify:form"),
        "issued": certificate.issued,
        "recipient": certificate.recipient,
        "transcription": "",
        "profession": ", ".join(filter(None, [certificate.profession, certificate.institution])),
        "course": certificate.course_title,
        "starts": certificate.starts,
        "ends": certificate.ends,
        "minutes": certificate.minutes_attended,
        "minutes_planned": certificate.minutes_planned,
        "form": certificate.get_form_of_training_display(),
        "place": certificate.places,
        "provider": {
            "name": certificate.provider,
            "line": certificate.provider_line,
            "number": certificate.provider_number,
        },
        "signatories": [signatory for signatory in signatories if signatory["name"]],
        "project": certificate.funder_line,
        "notice": _notice(certificate),
    }


def _notice(certificate: Certificate) -> dict[str, Any] | None:
    if certificate.replaces is None:
        return None
    text = _("Replaces %(number)s. %(reason)s") % {
        "number": certificate.replaces.number,
        "reason": certificate.replaced_reason,
    }
    return {"kind": "replaces", "date": certificate.issued, "text": text}
