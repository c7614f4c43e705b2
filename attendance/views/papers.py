"""What is taken away from the screen: the sheet to sign and the calendar file."""

from datetime import UTC, datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from attendance import selectors
from attendance.views.register import kept_session
from pages.models import SiteSettings
from pages.selectors import site_settings
from printing.press import PrintError, print_pdf


@login_required
@require_safe
def sign_in_sheet(request: HttpRequest, key: UUID) -> HttpResponse:
    """Print the list that people sign, in the language of the cohort."""
    session = kept_session(request, key)
    who: SiteSettings = site_settings(request)
    with translation.override(selectors.language_of(session)):
        sheet = selectors.sheet_of(session, organiser=who.provider_name, contact=who.contact_email)
        html = render_to_string("attendance/sign_in_print.html", {"sheet": sheet})
    try:
        pdf = print_pdf(html)
    except PrintError as refusal:
        return render(request, "attendance/not_printed.html", {"session": session, "why": refusal}, status=503)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{sheet["number"]}.pdf"'
    return response


@login_required
@require_safe
def agenda_calendar(request: HttpRequest, key: str) -> HttpResponse:
    """Give the half-days of a visit as a calendar file; of a restricted place only the meeting point is in it."""
    visit = get_object_or_404(selectors.visible_visits(request.user), key=key)
    events = [
        _event(half.session, visit.title) for day in selectors.days_of(visit) for half in day.halves if half.session
    ]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Chance and Challenge//Study visits//EN"]
    lines += [line for event in events for line in event] + ["END:VCALENDAR"]
    text = "".join(_folded(line) for line in lines)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{visit.key}.ics"'
    return response


def _event(session, title: str) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{session.key}",
        f"DTSTAMP:{_moment(timezone.now())}",
        f"DTSTART:{_moment(session.starts)}",
        f"DTEND:{_moment(session.ends)}",
        f"SUMMARY:{_escaped(f'{title}: {session.title}')}",
    ]
    if session.shown_place:
        lines.append(f"LOCATION:{_escaped(session.shown_place)}")
    if session.cancelled:
        lines.append("STATUS:CANCELLED")
    return [*lines, "END:VEVENT"]


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def _folded(line: str) -> str:
    """End a line as RFC 5545 wants it: no more than 75 bytes, continued after a blank."""
    pieces, piece = [], ""
    for sign in line:
        if len((piece + sign).encode()) > 74:
            pieces.append(piece)
            piece = ""
        piece += sign
    return "\r\n ".join([*pieces, piece]) + "\r\n"
