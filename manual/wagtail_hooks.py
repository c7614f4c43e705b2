"""What the manual adds to the CMS: the PDF in a page's menu, and guards over publishing and deleting."""

from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from manual import selectors
from manual.models import ChapterPage, ModulePage, ScenarioPage


@hooks.register("register_page_header_buttons")
def pdf_button(page: Page, user: object, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Offer the PDF of what is published."""
    if isinstance(page.specific_deferred, selectors.Printed) and page.live:
        yield Button(_("Download PDF"), reverse("manual:page_pdf", args=[page.pk]), icon_name="download", priority=60)


@hooks.register("before_publish_page")
def refuse_loose_ends(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Keep a text a draft while its parts do not fit together, or a scenario while it differs from its source."""
    problems = []
    if isinstance(page, ModulePage | ChapterPage):
        problems = selectors.loose_ends(page)
    elif isinstance(page, ScenarioPage):
        problems = selectors.unlike_the_source(page)
    for problem in problems:
        messages.error(request, problem)
    return redirect("wagtailadmin_pages:edit", page.pk) if problems else None


@hooks.register("before_delete_page")
def keep_what_editions_hold(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete a page that stands in an edition."""
    return _refuse(request, [page])


@hooks.register("before_bulk_action")
def keep_what_editions_hold_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable, action_class_instance: object
) -> HttpResponse | None:
    """Refuse the same when several pages are deleted at once."""
    return _refuse(request, [page for page in objects if isinstance(page, Page)]) if action_type == "delete" else None


def _refuse(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    for page in pages:
        if edition := selectors.edition_holding(page):
            text = _("“%(page)s” was not deleted: it stands in the edition %(edition)s. Unpublish it instead.")
            messages.error(request, text % {"page": page, "edition": edition})
            parent = page.get_parent()
            return redirect("wagtailadmin_explore", parent.pk if parent else page.pk)
    return None
