"""Half-days for the pages of courses, and small words of the register."""

from collections.abc import Mapping
from uuid import UUID

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from attendance import selectors
from attendance.forms import TypedLine
from attendance.models import STATES, TrainingSession
from attendance.register import State
from attendance.selectors import AttendanceLine, Line
from courses.models import Cohort, Enrolment
from courses.templatetags.courses_tags import places_shown

register = template.Library()

ANYBODY = str(UUID(int=0))  # stands for the person while the controls are drawn

MARKERS = {
    State.PRESENT: ("ok", "done"),
    State.LATE: ("warn", "clock"),
    State.LEFT_EARLY: ("warn", "clock"),
    State.EXCUSED: ("", "info"),
    State.ABSENT: ("bad", "cross"),
}


@register.inclusion_tag("attendance/lines.html", takes_context=True)
def attendance_lines(context: template.Context, enrolment: Enrolment) -> dict[str, list[AttendanceLine]]:
    """List the half-days that count for a trainee, with what the registers say; one query for all places of a page."""
    known = context["request"].__dict__.setdefault("_attendance_lines", {})
    if enrolment.pk not in known:
        known.update(selectors.attendance_of_places(places_shown(context, enrolment)))
    return {"lines": known[enrolment.pk]}


@register.inclusion_tag("attendance/cohort_sessions.html")
def cohort_sessions(cohort: Cohort) -> dict[str, list[TrainingSession]]:
    """List the half-days of a cohort with their registers, for those who run it."""
    return {"sessions": list(selectors.sessions_of_cohort(cohort))}


@register.inclusion_tag("attendance/marker.html")
def presence(state: str) -> dict[str, str]:
    """Say a state in a word with its icon."""
    modifier, icon = MARKERS.get(State(state), ("", "todo"))
    return {"modifier": modifier, "icon": icon, "label": STATES[state]}


@register.simple_tag(takes_context=True)
def line_controls(context: template.Context, line: Line, look: TypedLine) -> SafeString:
    """Draw the controls of a line; of the lines that look the same only the first is worked out."""
    drawn = context["request"].__dict__.setdefault("_line_controls", {})
    name = (look.state, look.minutes, look.error)
    if name not in drawn:
        shown = {"key": ANYBODY, "look": look, "marks": context["marks"]}
        drawn[name] = render_to_string("attendance/register_controls.html", shown)
    return mark_safe(drawn[name].replace(ANYBODY, str(line.uuid)))  # noqa: S308 -- a template's output and a UUID


@register.simple_tag
def shown(line: Line, typed: Mapping[UUID, TypedLine]) -> TypedLine:
    """Give what a line of the form shows: what was typed, else what stands."""
    if line.uuid in typed and typed[line.uuid].error:
        return typed[line.uuid]
    standing = line.standing
    if standing is None:
        return TypedLine(State.UNMARKED, "", line.version)
    return TypedLine(standing.mark.state, str(standing.mark.missed or ""), line.version)
