"""Courses in words: what is asked and how it stands, in whole sentences of the reader's language."""

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wagtail.models import Page

from courses.models import Course
from courses.progress import Demand, EvidenceKind, Verdict
from courses.selectors import Learning, demands_of_course
from courses.selectors.learning import Ask
from pages.templatetags.durations import duration

register = template.Library()

READING, QUIZ, ATTENDANCE = (kind.value for kind in EvidenceKind)


@register.simple_tag
def course_title(course: Course) -> str:
    """Name a course in the reader's language."""
    return course.title(get_language())


@register.simple_tag(takes_context=True)
def page_url(context: template.Context, page: Page) -> str:
    """Give the address of a page without asking the database for its site."""
    return page.get_url(context.get("request")) or ""


@register.simple_tag
def standing_sentence(learning: Learning) -> str:
    """Say the state in a sentence before any figure."""
    if learning.completed:
        day = date_format(learning.completed, "DATE_FORMAT")
        return _("Everything the course asks was done on %(date)s.") % {"date": day}
    done, total = learning.progress.met_count, len(learning.asks)
    if not done:
        return ngettext(
            "The course asks for one thing. It is still open.",
            "The course asks for %(total)s things. All of them are still open.",
            total,
        ) % {"total": total}
    return ngettext(
        "%(done)s of %(total)s things is done. %(left)s to go before the certificate.",
        "%(done)s of %(total)s things are done. %(left)s to go before the certificate.",
        done,
    ) % {"done": done, "total": total, "left": total - done}


@register.simple_tag
def ask_title(ask: Ask) -> str:
    """Name what is asked."""
    return demand_sentence(ask.verdict.demand)


@register.simple_tag
def demand_title(demand: Demand) -> str:
    """Name a demand shortly, for the head of a column."""
    return {READING: _("Chapters read"), QUIZ: _("Quizzes passed"), ATTENDANCE: _("Hours attended")}[demand.kind.value]


@register.simple_tag
def course_demands(course: Course) -> list[str]:
    """Say what a course asks today, a sentence for each requirement."""
    return [demand_sentence(demand) for demand in demands_of_course(course)]


def demand_sentence(demand: Demand) -> str:
    """Say what a demand asks."""
    count = len(demand.subjects)
    if demand.kind.value == READING and demand.threshold == 100:
        return ngettext("Read the chapter", "Read the %(count)s chapters", count) % {"count": count}
    if demand.kind.value == READING:
        return _("Read %(percent)s%% of the %(count)s chapters") % {"percent": demand.threshold, "count": count}
    if demand.kind.value == QUIZ and not demand.threshold:
        return ngettext("Take the quiz", "Take the %(count)s quizzes", count) % {"count": count}
    if demand.kind.value == QUIZ:
        return ngettext(
            "Pass the quiz with %(percent)s%% or more",
            "Pass the %(count)s quizzes with %(percent)s%% or more in each",
            count,
        ) % {"percent": demand.threshold, "count": count}
    return _("Be present for %(percent)s%% of the planned hours") % {"percent": demand.threshold}


@register.simple_tag
def ask_state(ask: Ask) -> str:
    """Say how a demand stands, with the figures the rule is about."""
    verdict = ask.verdict
    if ask.kind == ATTENDANCE:
        return _attendance_state(verdict)
    if ask.kind == READING:
        if verdict.met:
            return _("All that is asked is read.")
        return _("%(read)s read, %(left)s to go.") % {"read": verdict.counted, "left": verdict.missing}
    figures = {"passed": verdict.counted, "left": verdict.missing}
    if not verdict.demand.threshold:
        if verdict.met:
            return _("Taken.")
        return _("Not taken yet.") if verdict.total == 1 else _("%(passed)s taken, %(left)s to go.") % figures
    if verdict.met:
        return _("Passed.")
    return _("Not passed yet.") if verdict.total == 1 else _("%(passed)s passed, %(left)s to go.") % figures


def _attendance_state(verdict: Verdict) -> str:
    if not verdict.total:
        return _("No training session is planned yet.")
    recorded = {
        "counted": duration(verdict.counted),
        "total": duration(verdict.total),
        "missing": duration(verdict.missing),
    }
    if verdict.met:
        return _("%(counted)s of %(total)s recorded. That is enough.") % recorded
    if not verdict.possible:
        return _("%(counted)s of %(total)s recorded. What is still planned cannot make up for the rest.") % recorded
    return _("%(counted)s of %(total)s recorded. %(missing)s more are needed.") % recorded


@register.simple_tag
def verdict_cell(verdict: Verdict) -> SafeString:
    """Draw a verdict for a table: the figures, and in words whether they are enough."""
    if verdict.demand.kind.value == ATTENDANCE:
        figures = f"{duration(verdict.counted)} / {duration(verdict.asked)}" if verdict.total else "–"
    else:
        figures = f"{verdict.counted} / {verdict.asked}"
    return format_html(
        '{} <span class="visually-hidden">{}</span>', figures, _("Enough.") if verdict.met else _("Not enough yet.")
    )
