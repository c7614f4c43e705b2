"""What the manual adds to the CMS: glossary, translations, PDFs, and guards over publishing and deleting."""

from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wagtail import hooks
from wagtail.admin import messages as admin_messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from manual import selectors, views
from manual.models import ChapterPage, ModulePage, ReviewedPage, ScenarioPage
from manual.viewsets import GlossaryTermViewSet

register_snippet(GlossaryTermViewSet)


@hooks.register("register_page_header_buttons")
def pdf_button(page: Page, user: object, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Offer the PDF of what is published."""
    if isinstance(page.specific_deferred, selectors.Printed) and page.live:
        yield Button(_("Download PDF"), reverse("manual:page_pdf", args=[page.pk]), icon_name="download", priority=60)


@hooks.register("register_admin_urls")
def translation_urls() -> list[URLPattern]:
    """Give the state of the translations its addresses."""
    return [
        path("translations/", views.translations, name="manual_translations"),
        path("translations/<int:page_id>/", views.translation, name="manual_translation"),
    ]


@hooks.register("register_reports_menu_item")
def translations_menu_item() -> MenuItem:
    """List the state of the translations among the reports."""
    return MenuItem(
        gettext_lazy("Translations and reviews"), reverse_lazy("manual_translations"), icon_name="globe", order=300
    )


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    """Name what the history of a page says of a checked translation."""
    actions.register_action(
        "manual.translation_checked", gettext_lazy("Check translation"), gettext_lazy("Translation checked")
    )


@hooks.register("before_edit_page")
def tell_what_waits(request: HttpRequest, page: Page) -> None:
    """Tell an editor who opens a text what is stale in it, and that nobody has reviewed it."""
    if request.method != "GET" or not isinstance(page, ReviewedPage):
        return
    standing = selectors.standing_of(page.get_latest_revision_as_object(), selectors.source_of(page))
    said = [] if standing.is_reviewed else [f"{standing.review}."]
    if count := len(standing.stale) + len(standing.untranslated):
        text = ngettext(
            "%(count)s passage of this translation is to be looked at again: its source has changed.",
            "%(count)s passages of this translation are to be looked at again: their source has changed.",
            count,
        )
        said.append(text % {"count": count})
    if said:
        button = admin_messages.button(reverse("manual_translation", args=[page.pk]), _("Show"))
        admin_messages.warning(request, " ".join(said), buttons=[button])


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
