"""What courses add to the admin: the menu, and a guard over chapters that running cohorts ask for."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.models import Page

from courses.selectors import cohorts_asking_below
from courses.viewsets import CoursesGroup


@hooks.register("register_admin_viewset")
def register_courses() -> CoursesGroup:
    return CoursesGroup()


@hooks.register("before_delete_page")
def keep_what_cohorts_ask_for(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete a page while a cohort asks for it or for a chapter below it."""
    return _refuse(request, [page])


@hooks.register("before_bulk_action")
def keep_what_cohorts_ask_for_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable, action_class_instance: object
) -> HttpResponse | None:
    """Refuse the same when several pages are deleted at once."""
    if action_type != "delete":
        return None
    return _refuse(request, [page for page in objects if isinstance(page, Page)])


def _refuse(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    for page in pages:
        if cohorts := cohorts_asking_below(page):
            text = _("“%(page)s” was not deleted: the cohort “%(cohort)s” asks for it. Unpublish it instead.")
            messages.error(request, text % {"page": page, "cohort": cohorts[0]})
            parent = page.get_parent()
            return redirect("wagtailadmin_explore", parent.pk if parent else page.pk)
    return None
