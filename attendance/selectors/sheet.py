"""What stands on the sheet that people sign, in the words of its language."""

import hashlib
import json
from datetime import date
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from attendance import clock
from attendance.models import TrainingSession
from attendance.selectors.register import lines_of
from courses.models import Cohort, CohortTrainer

CODE_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: a clerk types them from handwriting
BLANK_ROWS = 5


def language_of(session: TrainingSession) -> str:
    """Give the language a session's papers are printed in: its cohort's."""
    return session.cohorts.order_by("pk").values_list("language", flat=True)[0]


def sheet_of(session: TrainingSession, organiser: str, contact: str = "") -> dict:
    """Give the sign-in sheet of a session for attendance/sign_in_print.html; call it in the language of the sheet.

    A restricted place is not on it: the sheet hangs on walls and travels in bags.
    """
    cohorts = list(session.cohorts.select_related("project").order_by("pk"))
    lines = lines_of(session)
    rows = [
        {
            "number": number,
            "code": row_code(line.uuid, number),
            "name": line.name,
            "profession": line.profession,
            "organisation": line.organisation,
            "county": line.county or "",
        }
        for number, line in enumerate(lines, start=1)
    ]
    sheet = {
        "number": f"S-{session.day:%Y}-{session.pk:04d}",
        "address": settings.SITE_URL + reverse("attendance:register", kwargs={"key": session.key}),
        "project": _project_line(cohorts),
        "activity_code": "",
        "session": _which(session),
        "title": session.title,
        "date": session.day,
        "hours": f"{session.begins:%H:%M}–{session.finishes:%H:%M}",
        "minutes": session.minutes,
        "trainers": " · ".join(_trainers(cohorts, session.day)),
        "place": session.shown_place or (session.visit.shown_place if session.visit else ""),
        "language": session.visit.spoken if session.visit and session.visit.spoken else _spoken(cohorts[0]),
        "organiser": organiser,
        "rows": rows,
        "blank_rows": [
            {"number": number, "code": row_code(session.key, number)}
            for number in range(len(rows) + 1, len(rows) + 1 + BLANK_ROWS)
        ],
        "retention": "",
        "contact": contact,
        "is_visit": session.visit is not None,
    }
    stamp = hashlib.sha256(json.dumps(sheet, sort_keys=True, default=str).encode()).hexdigest()
    return {**sheet, "fingerprint": stamp, "printed": clock.local(timezone.now(), session.time_zone)}


def row_code(key: UUID, number: int) -> str:
    """Give a row the two letters and number that a scan or a clerk types."""
    base = len(CODE_LETTERS)
    return f"{CODE_LETTERS[key.int % base]}{CODE_LETTERS[key.int // base % base]}-{number:02d}"


def _project_line(cohorts: list[Cohort]) -> str:
    projects = dict.fromkeys(cohort.project for cohort in cohorts if cohort.project)
    return " · ".join(" ".join(filter(None, (project.name, project.number))) for project in projects)


def _which(session: TrainingSession) -> str:
    half = str(session.get_half_display()).lower()
    if not session.visit:
        return half
    siblings = session.visit.sessions.filter(cancelled__isnull=True).order_by("starts", "pk")
    keys = list(siblings.values_list("pk", flat=True))
    if session.pk not in keys:
        return half
    return _("%(number)d of %(total)d · %(half)s") % {
        "number": keys.index(session.pk) + 1,
        "total": len(keys),
        "half": half,
    }


def _trainers(cohorts: list[Cohort], day: date) -> list[str]:
    rows = CohortTrainer.objects.filter(cohort__in=cohorts).exclude(starts__gt=day).exclude(ends__lt=day)
    return list(dict.fromkeys(rows.order_by("pk").values_list("user__name", flat=True)))


def _spoken(cohort: Cohort) -> str:
    return cohort.get_language_display()
