"""What pages of other apps show about quizzes; for visitors without a course all of it is nothing."""

from collections.abc import Collection

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wagtail.models import Page

from courses.models import Enrolment
from courses.templatetags.courses_tags import open_places, places_shown
from manual.models import ModulePage
from pages.routing import remember, remember_site
from quizzes import selectors, services
from quizzes.models import QuizPage
from quizzes.selectors import Line, Reviewed, Standing
from quizzes.selectors.passages import Passages

register = template.Library()


@register.simple_tag(takes_context=True)
def quizzes_beside(context: template.Context, page: Page) -> list[tuple[Standing, str]]:
    """Give how the reader stands with the quiz of a module, and its address, from the module or one of its chapters."""
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return []
    if not open_places(request):
        return []

    def faces() -> list[tuple[QuizPage, str]]:
        pages = QuizPage.objects.live().select_related("quiz", "locale")
        beside = pages.child_of(page) if isinstance(page, ModulePage) else pages.sibling_of(page)
        return [(face, face.get_url(request) or "") for face in beside]

    known = remember(request, ("quizzes beside", page.pk), faces)
    return [(standing, url) for face, url in known for standing in _standings_with(request, face)]


@register.simple_tag(takes_context=True)
def quiz_places(context: template.Context, page: QuizPage) -> list[Standing]:
    """Give how the reader stands with a quiz, once for each of their places that ask for it."""
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return []
    return _standings_with(request, page)


def _standings_with(request: HttpRequest, page: QuizPage) -> list[Standing]:
    places = open_places(request)
    found = selectors.standings(places, get_language() or settings.LANGUAGE_CODE, only=page)
    return [standing for place in places for standing in found[place.pk]]


@register.simple_tag(takes_context=True)
def quiz_standings(
    context: template.Context, enrolment: Enrolment, subjects: Collection[str] | None = None
) -> list[Standing]:
    """Give the quizzes that an enrolment, or one of its demands, asks for; a page with several enrolments asks once."""
    request = context["request"]
    if not hasattr(request, "_quiz_standings"):
        request._quiz_standings = {}
    known = request._quiz_standings
    if enrolment.pk not in known:
        places = places_shown(context, enrolment)
        language = get_language() or settings.LANGUAGE_CODE
        known.update(selectors.standings(places, language, find=lambda *asked: _remembered_faces(request, *asked)))
    if subjects is None:
        return known[enrolment.pk]
    return [standing for standing in known[enrolment.pk] if str(standing.page.translation_key) in subjects]


def _remembered_faces(request: HttpRequest, subjects: Collection[str], language: str) -> dict[str, QuizPage]:
    name = ("quiz faces", frozenset(subjects), language)
    return remember_site(request, name, lambda: selectors.faces_of(subjects, language))


@register.simple_tag(takes_context=True)
def quiz_url(context: template.Context, standing: Standing) -> str:
    """Give the address of the page a quiz starts from, without asking the database for its site each time."""
    request = context["request"]
    page = standing.page
    return remember_site(request, ("quiz", page.pk, page.url_path), lambda: page.get_url(request) or "")


@register.inclusion_tag("quizzes/card.html", takes_context=True)
def quiz_card(context: template.Context, page: Page) -> dict:
    """Draw the quiz of a module beside its text."""
    return {"quizzes": quizzes_beside(context, page)}


@register.simple_tag
def refusal_sentence(standing: Standing) -> str:
    """Say why a new attempt cannot begin now; nothing when it can."""
    return services.refusal_sentence(standing)


@register.simple_tag
def language_of(code: str) -> str:
    """Name a language in its own words."""
    return dict(settings.LANGUAGES).get(code, code)


@register.simple_tag
def reading_of(line: Line) -> str:
    """Name the chapter a question belongs to."""
    return line.paper["read"]


@register.simple_tag(takes_context=True)
def passage_url(context: template.Context, passages: Passages, line: Reviewed) -> str:
    """Give the address of the passage that answers a question."""
    return passages.url(line.chapter_key, line.anchor, context["request"])


@register.simple_tag
def second_look_sentence(again: list[Reviewed]) -> str:
    """Say how many answers are worth a second look."""
    if not again:
        return _("Every answer was right.")
    return ngettext(
        "One answer is worth a second look. It links to the passage it comes from.",
        "%(count)s answers are worth a second look. Each one links to the passage it comes from.",
        len(again),
    ) % {"count": len(again)}
