"""What quizzes add to the admin: the question bank, and guards over what attempts hang on."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from quizzes.access import can_open
from quizzes.models import Question, QuizPage
from quizzes.selectors import attempted_page_below, attempted_question
from quizzes.viewsets import QuestionViewSet

register_snippet(QuestionViewSet)


@hooks.register("before_serve_page")
def keep_quizzes_among_those_they_are_for(
    page: Page, request: HttpRequest, *args: object, **kwargs: object
) -> HttpResponse | None:
    """Ask visitors to sign in before a quiz page; for people who have no business with it there is none."""
    if not isinstance(page, QuizPage):
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not can_open(request.user, page):
        raise Http404
    return None


@hooks.register("before_delete_page")
def keep_attempted_pages(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete a page while attempts hang on a quiz at or below it."""
    return _refuse_pages(request, [page])


@hooks.register("before_bulk_action")
def keep_attempted_pages_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable, action_class_instance: object
) -> HttpResponse | None:
    """Refuse the same when several pages are deleted at once."""
    if action_type != "delete":
        return None
    return _refuse_pages(request, [page for page in objects if isinstance(page, Page)])


@hooks.register("before_delete_snippet")
def keep_attempted_questions(request: HttpRequest, instances: Iterable) -> HttpResponse | None:
    """Refuse to delete questions that were served in an attempt, one or several."""
    question = attempted_question([row for row in instances if isinstance(row, Question)])
    if question is None:
        return None
    text = _("“%(question)s” was not deleted: it was asked in an attempt. Unpublish it instead.")
    messages.error(request, text % {"question": question})
    return redirect(QuestionViewSet.model.snippet_viewset.get_url_name("list"))


def _refuse_pages(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    for page in pages:
        if quiz_page := attempted_page_below(page):
            text = _("“%(page)s” was not deleted: attempts hang on the quiz “%(quiz)s”. Unpublish it instead.")
            messages.error(request, text % {"page": page, "quiz": quiz_page})
            parent = page.get_parent()
            return redirect("wagtailadmin_explore", parent.pk if parent else page.pk)
    return None
