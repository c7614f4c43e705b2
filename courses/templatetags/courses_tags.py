"""What pages of other apps show about courses; for visitors without a course all of it is nothing."""

from dataclasses import dataclass
from uuid import UUID

from django import template
from django.http import HttpRequest

from wagtail.models import Page

from courses import selectors
from courses.models import CoursePage, Enrolment
from courses.selectors import asks_for
from manual.models import ChapterPage

register = template.Library()


@dataclass(frozen=True)
class ChapterProgress:
    """Whether a course of the reader asks for a chapter, and whether it is marked as read."""

    asked: bool = False
    read: bool = False


@register.simple_tag(takes_context=True)
def read_chapters(context: template.Context) -> set[UUID]:
    """Give the translation keys of the chapters the reader has marked as read."""
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return set()
    if not hasattr(request, "_read_chapters"):
        request._read_chapters = selectors.read_chapters(_places(request))
    return request._read_chapters


def open_places(request: HttpRequest) -> list[Enrolment]:
    """Give the visitor's places in cohorts they have not left."""
    return [place for place in _places(request) if place.left is None]


def _places(request: HttpRequest) -> list[Enrolment]:
    """Give all places of the visitor with what is read in them; one query, whichever tags of a page ask."""
    if not hasattr(request, "_places"):
        request._places = selectors.places_with_reading(request.user)
    return request._places


def places_shown(context: template.Context, place: Enrolment) -> list[Enrolment]:
    """Give all places that a page shows, so that other apps ask once for all of them."""
    return [learning.enrolment for learning in context.get("learnings", ())] or [place]


@register.simple_tag(takes_context=True)
def chapter_progress(context: template.Context, page: ChapterPage) -> ChapterProgress:
    """Say how the reader stands with a chapter."""
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return ChapterProgress()
    asked = any(asks_for(place, page.translation_key) for place in open_places(request))
    return ChapterProgress(asked, asked and page.translation_key in read_chapters(context))


@register.inclusion_tag("courses/mark_read.html", takes_context=True)
def mark_read_form(context: template.Context, page: ChapterPage) -> dict:
    """Draw the form that marks a chapter as read, if a course of the reader asks for it."""
    return {"page": page, "progress": chapter_progress(context, page), "request": context.get("request")}


@register.simple_tag(takes_context=True)
def courses_below(context: template.Context, page: Page) -> list[CoursePage]:
    """List the published course pages below a page."""
    return list(CoursePage.objects.live().public().child_of(page).select_related("course").order_by("path"))
