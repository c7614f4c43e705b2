"""Tags of the reading pages: the body of a text, where it stands, what can be taken away."""

from collections.abc import Callable
from typing import TypeVar

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from wagtail.blocks import StreamValue, StructValue
from wagtail.models import Page

from taggit.models import Tag

from manual import selectors
from manual.models import ChapterPage, ManualPage, ModulePage
from manual.text.screen import Screen
from pages.routing import remember

register = template.Library()
Found = TypeVar("Found")


@register.simple_tag(takes_context=True)
def text_body(context: template.Context, page: selectors.Printed, part: str = "body") -> SafeString:
    """Draw the blocks of a page, or of one part of it, in their order."""
    request = context.get("request")
    return _known(context, part, page, lambda: _drawn(page, request, getattr(page, part)))


def _drawn(page: selectors.Printed, request: HttpRequest | None, body: StreamValue) -> SafeString:
    screen = selectors.screen_of(page, request)
    around = {"screen": screen, "request": request, "page": page}
    parts = [block.render(context={**around, "id": block.id or number}) for number, block in enumerate(body)]
    if screen.opened:
        terms = selectors.glossary_in(page.locale.language_code, screen.opened)
        parts.append(render_to_string("manual/terms.html", {"terms": terms}))
    return mark_safe("\n".join(parts))  # noqa: S308 -- each block is the output of a template


@register.simple_tag(takes_context=True)
def prose(context: template.Context, value: object) -> SafeString:
    """Draw paragraphs and lists."""
    return mark_safe(_screen(context).prose(getattr(value, "source", value) or ""))  # noqa: S308 -- escaped in Screen


@register.simple_tag(takes_context=True)
def phrase(context: template.Context, value: str | None) -> SafeString:
    """Draw one line."""
    return mark_safe(_screen(context).phrase(value or ""))  # noqa: S308 -- escaped in Screen


@register.simple_tag(takes_context=True)
def sources_in_order(context: template.Context, value: StructValue) -> list[StructValue]:
    """Give the sources in the order of their numbers."""
    numbers = _screen(context).sources
    return sorted(value["items"], key=lambda source: numbers.get(source["id"], len(numbers)))


@register.simple_tag
def several_right(value: StructValue) -> bool:
    """Whether more than one answer of a self-check is right."""
    return sum(bool(option["right"]) for option in value["options"]) > 1


@register.simple_tag
def sections_of(page: ModulePage | ChapterPage) -> list[StructValue]:
    """Give the headings that the contents beside a chapter name."""
    return [block.value for block in page.body if block.block_type == "heading" and block.value["level"] == "2"]


@register.simple_tag(takes_context=True)
def manual_contents(context: template.Context, page: ManualPage) -> list[selectors.ModuleEntry]:
    """Give the modules with their chapters."""
    return _known(context, "contents", page, lambda: selectors.contents_of(page, context.get("request")))


@register.simple_tag(takes_context=True)
def chapter_list(context: template.Context, page: ModulePage) -> list[selectors.Entry]:
    """Give the chapters of a module."""
    return _known(context, "chapters", page, lambda: selectors.chapters_of(page, context.get("request")))


@register.simple_tag(takes_context=True)
def scenario_list(context: template.Context, page: ModulePage) -> list[selectors.ScenarioEntry]:
    """Give the practice scenarios of a module."""
    return _known(context, "scenarios", page, lambda: selectors.scenarios_of(page, context.get("request")))


@register.simple_tag(takes_context=True)
def place_of(context: template.Context, page: ChapterPage) -> selectors.Place | None:
    """Say where a chapter stands."""
    return _known(context, "place", page, lambda: selectors.place_of(page, context.get("request")))


@register.simple_tag(takes_context=True)
def needed_before(context: template.Context, page: ModulePage) -> list[selectors.ModuleEntry]:
    """Give the modules to read before this one."""
    request = context.get("request")
    needs = selectors.needs_of(page)
    return _known(context, "needs", page, lambda: selectors.modules_named(needs, page.locale_id, request))


@register.simple_tag(takes_context=True)
def downloads_of(context: template.Context, page: selectors.Printed) -> list[dict]:
    """Give the PDFs of a page in every language that has it."""
    if not (page.pk and page.live):
        return []
    return _known(context, "downloads", page, lambda: selectors.downloads_of(page))


@register.simple_tag(takes_context=True)
def tags_of(context: template.Context, page: ChapterPage) -> list[Tag]:
    """Give the words that a chapter can be found by."""
    return _known(context, "tags", page, lambda: list(page.tags.all()))


@register.filter
def how_many_read(entries: list[selectors.Entry], read: set) -> int:
    """Count the chapters that the reader has marked as read."""
    return sum(entry.key in read for entry in entries)


def _known(context: template.Context, what: str, page: Page, make: Callable[[], Found]) -> Found:
    """Take what all readers of a published page have in common from memory."""
    request = context.get("request")
    return make() if request is None else remember(request, (what, page.pk, get_language()), make)


def _screen(context: template.Context) -> Screen:
    # In the block previews of the CMS a block stands alone.
    return context.get("screen") or Screen()
