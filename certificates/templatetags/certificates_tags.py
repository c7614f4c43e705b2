"""What pages show about certificates, in words of the reader's language."""

import zoneinfo

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from certificates import selectors
from certificates.models import Certificate
from courses.models import Cohort, Enrolment
from pages.templatetags.durations import duration

register = template.Library()
FULL_HOUR = 60


@register.simple_tag(takes_context=True)
def certificate_of(context: template.Context, enrolment: Enrolment) -> Certificate | None:
    """Give the newest certificate of an enrolment; one query for all places of the reader."""
    request = context["request"]
    if enrolment.user_id != request.user.pk:
        return Certificate.objects.filter(enrolment=enrolment).first()
    if not hasattr(request, "_certificates"):
        newest_last = reversed(selectors.certificates_of(request.user))
        request._certificates = {certificate.enrolment_id: certificate for certificate in newest_last}
    return request._certificates.get(enrolment.pk)


@register.simple_tag
def certificates_issued(cohort: Cohort) -> int:
    """Count the certificates of a cohort that stand."""
    return Certificate.objects.standing().filter(enrolment__cohort=cohort).count()


@register.simple_tag
def verdict_facts(certificate: Certificate, name_matches: bool | None = None) -> list[tuple[str, str]]:
    """Give the least that is useful about a certificate; never a name, an employer or a result."""
    number = (_("Number"), format_html("<code>{}</code>", certificate.number))
    if certificate.state == "revoked":
        return [number, (_("Revoked"), moment(certificate, certificate.revoked))]
    if certificate.state == "replaced":
        return [number, (_("This copy"), issued_on(certificate)), *_newer(certificate)]
    return [
        number,
        (_("Name you typed"), _answer(name_matches)),
        (_("Course"), _in_its_language(certificate.course_title, certificate)),
        (_("Form"), certificate.get_form_of_training_display()),
        (_("Hours attended"), hours(certificate)),
        (_("Issued"), date_format(certificate.issued, "DATE_FORMAT")),
        (_("Checked"), moment(certificate, timezone.now())),
    ]


@register.simple_tag
def issued_on(certificate: Certificate) -> str:
    """Say when a copy was issued."""
    return _("Issued on %(date)s") % {"date": date_format(certificate.issued, "DATE_FORMAT")}


@register.simple_tag
def revoked_sentence(certificate: Certificate) -> str:
    """Say from when until when a revoked certificate was valid."""
    zone = zoneinfo.ZoneInfo(certificate.enrolment.cohort.time_zone)
    return _("It was issued on %(issued)s and withdrawn on %(revoked)s. It no longer attests anything.") % {
        "issued": date_format(certificate.issued, "DATE_FORMAT"),
        "revoked": date_format(timezone.localdate(certificate.revoked, zone), "DATE_FORMAT"),
    }


@register.simple_tag
def hours(certificate: Certificate) -> str:
    """Write the hours attended, and the academic hours they make."""
    attended = duration(certificate.minutes_attended) if certificate.minutes_attended else ""
    if not attended or certificate.academic_hour == FULL_HOUR:
        return attended
    tenths = certificate.minutes_attended * 10 // certificate.academic_hour
    return _("%(attended)s (%(academic)s academic hours of %(minutes)s minutes)") % {
        "attended": attended,
        "academic": number_format(tenths / 10, decimal_pos=1 if tenths % 10 else 0),
        "minutes": certificate.academic_hour,
    }


def moment(certificate: Certificate, when: timezone.datetime) -> str:
    """Write a moment by the clocks of the cohort and name them."""
    zone = certificate.enrolment.cohort.time_zone
    there = timezone.localtime(when, zoneinfo.ZoneInfo(zone))
    return f"{date_format(there, 'DATETIME_FORMAT')} ({zone})"


def _newer(certificate: Certificate) -> list[tuple[str, str]]:
    newer = selectors.newer_copy(certificate)
    if newer is None:
        return []
    said = format_html("<code>{}</code> · {}", newer.number, issued_on(newer))
    return [(_("Newer copy"), said)]


def _answer(name_matches: bool | None) -> str:
    if name_matches is None:
        return ""
    return _("matches") if name_matches else _("does not match")


def _in_its_language(text: str, certificate: Certificate) -> SafeString:
    return format_html('<span lang="{}">{}</span>', certificate.language, text)
