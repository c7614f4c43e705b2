"""Reading, walking through a scenario, search, tags, links by key, and the PDF of a page."""

from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from wagtail.models import Page
from wagtail.views import serve

from taggit.models import Tag

from manual import selectors
from manual.models import ManualPage, ModulePage, Print, ScenarioPage
from manual.selectors import Printed
from manual.selectors.finding import LONGEST_QUERY, Found
from manual.services import ensure_print, failure_name
from manual.tasks import print_page
from manual.text.scenario import DEBRIEFING, Way, way_to
from pages.access import SignInNeededError, visible_page
from pages.routing import forget_version, keep_version, remember
from printing.press import PrintError

PAGE_LENGTH = 10
WAIT_SECONDS = 120  # how long one request to print stands before it may be made again


@require_safe
def read(request: HttpRequest, path: str) -> HttpResponse:
    """Show a page of the manual; Wagtail answers for what is closed, moved or not ours."""
    return _from_memory(request, path) or serve(request, f"manual/{path}")


@require_safe
def manual(request: HttpRequest) -> HttpResponse:
    """Show the manual, or say calmly that it is not yet in this language and where it is."""
    if response := _from_memory(request, ""):
        return response
    addresses = selectors.manuals(request)
    if get_language() in addresses:
        address = addresses[get_language()]
        return serve(request, "manual/") if address == request.path else redirect(address)
    others = [{"code": code, "url": addresses[code]} for code, _name in settings.LANGUAGES if code in addresses]
    return render(request, "manual/untranslated.html", {"others": others})


def _from_memory(request: HttpRequest, path: str) -> HttpResponse | None:
    """Show an open page from what all its readers have in common."""
    keep_version(request)
    name = ("page", request.get_host(), request.path)
    page = remember(request, name, lambda: selectors.open_page_at(request, f"manual/{path}"))
    if page is None:
        forget_version(request)
        return None
    return render(request, page.get_template(request), {"page": page, "self": page})


@require_safe
def step(request: HttpRequest, path: str, step: str) -> HttpResponse:
    """Show a step of a scenario, or its debriefing, after the choices that the address remembers; nothing else does."""
    keep_version(request)
    name = ("scenario", request.get_host(), get_language(), path)
    page = remember(request, name, lambda: selectors.open_scenario_at(request, f"manual/{path}"))
    if page is None:
        forget_version(request)
        try:
            page = _closed_scenario(request, path)
        except SignInNeededError:
            return redirect_to_login(request.get_full_path())
    shape = page.shape
    if step != DEBRIEFING and step not in [here.anchor for here in shape]:
        raise Http404
    start = request.GET.get("from") or shape[0].anchor
    way = way_to(shape, step, start, request.GET.get("choices", "")) or Way(step)
    return render(request, "manual/scenario_step.html", {"page": page, "self": page, "here": step, "way": way})


def _closed_scenario(request: HttpRequest, path: str) -> ScenarioPage:
    """Find a scenario that is not open to everybody, for this visitor."""
    found = selectors.page_at(request, f"manual/{path}")
    page = visible_page(request, found.pk) if found else None
    if not isinstance(page, ScenarioPage) or not page.steps:
        raise Http404
    return page


@require_safe
def to_page(request: HttpRequest, key: str) -> HttpResponse:
    """Lead to the page of a key, in this language where it is translated."""
    page = selectors.page_by_key(key, get_language())
    if page is None:
        raise Http404
    return redirect(page.get_url(request))


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find passages in the language of the reader, whatever was typed."""
    query = request.GET.get("q", "").replace("\x00", " ")[:LONGEST_QUERY].strip()
    entries = selectors.search(query, get_language())
    page_obj = _page_of(entries, request)
    page_obj.object_list = selectors.found(page_obj.object_list, query, request)
    return render(request, "manual/search.html", {"query": query, "asked": bool(query), "page_obj": page_obj})


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """List the terms of the glossary by their first letters, each with its word in the other languages."""
    return render(request, "manual/glossary.html", {"letters": selectors.glossary_by_letter(get_language())})


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """List the chapters that carry a tag."""
    found = get_object_or_404(Tag, slug=slug)
    page_obj = _page_of(selectors.tagged_chapters(found, get_language()), request)
    page_obj.object_list = [
        Found(chapter.title, chapter.get_url(request) or "", number=chapter.number) for chapter in page_obj.object_list
    ]
    return render(request, "manual/tag.html", {"tag": found, "page_obj": page_obj})


def _page_of(found: Any, request: HttpRequest) -> Any:
    return Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page", "").replace("\x00", "")[:10])


@require_safe
def page_pdf(request: HttpRequest, page_id: int) -> HttpResponse:
    """Give out the PDF of a page that the visitor may read; print it first where it was never printed."""
    keep_version(request)
    try:
        page, stamp = remember(request, ("print", page_id), lambda: _open_print(page_id)) or _print_for(
            request, page_id
        )
    except SignInNeededError:
        return redirect_to_login(request.get_full_path())
    stored = selectors.standing_print(stamp)
    if stored is None or not stored.file.storage.exists(stored.file.name):
        if isinstance(page, ManualPage | ModulePage):
            return _wait(request, page, stamp)
        try:
            stored = ensure_print(page=page)
        except PrintError as error:
            return _waiting_room(request, page, str(error))
    return _handed_out(request, page, stored)


def _open_print(page_id: int) -> tuple[Printed, str] | None:
    """Name the print of a page that is open to everybody."""
    page = Page.objects.live().public().filter(pk=page_id).select_related("locale").first()
    page = page and page.specific
    return (page, next(iter(selectors.stamps_of([page])))) if isinstance(page, Printed) else None


def _print_for(request: HttpRequest, page_id: int) -> tuple[Printed, str]:
    """Name the print of a page that this visitor may read."""
    page = visible_page(request, page_id)
    if not isinstance(page, Printed):
        raise Http404
    return page, next(iter(selectors.stamps_of([page])))


def _handed_out(request: HttpRequest, page: Printed, stored: Print) -> HttpResponse:
    etag = quote_etag(stored.stamp)
    not_modified = get_conditional_response(request, etag=etag)
    if not_modified is not None:
        return not_modified
    # Slugs are ASCII, so the name is safe in every header and on every disk.
    name = "-".join(map(str, filter(None, [getattr(page, "number", ""), page.slug, stored.language]))) + ".pdf"
    response = FileResponse(
        stored.file.open("rb"),
        as_attachment=True,
        filename=name,
        content_type="application/pdf",
        headers={"ETag": etag},
    )
    response["Cache-Control"] = "private, no-cache"
    return response


def _wait(request: HttpRequest, page: ManualPage | ModulePage, stamp: str) -> HttpResponse:
    """Let the worker print a long document, asked once however often this page looks again."""
    if failed := cache.get(failure_name(stamp)):
        return _waiting_room(request, page, failed)
    if cache.add(f"print-asked-{stamp}", True, WAIT_SECONDS):
        print_page.enqueue(page.pk)
    if selectors.standing_print(stamp):  # a worker that is quick, or works at once
        return redirect(request.path)
    return _waiting_room(request, page, "")


def _waiting_room(request: HttpRequest, page: Printed, failed: str) -> HttpResponse:
    shown = {"page": page, "page_url": page.get_url(request), "failed": failed}
    response = render(request, "manual/being_printed.html", shown, status=503 if failed else 202)
    if failed:
        response["Retry-After"] = "60"
    return response
