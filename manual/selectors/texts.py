"""A page as the text file that would make it."""

from hashlib import sha256
from typing import Any

from wagtail.models import Page

from manual.models import ChapterPage, KeyedPage, ManualPage, ModulePage, ScenarioPage
from manual.text import Text, stream, write_text
from manual.text.screen import linked_pages
from pages.models import Image

KINDS: dict[type[KeyedPage], str] = {
    ManualPage: "manual",
    ModulePage: "module",
    ChapterPage: "chapter",
    ScenarioPage: "scenario",
}


def text_of(page: KeyedPage) -> Text:
    """Give a page as text; the page may be a draft that is not saved yet."""
    kind = KINDS[type(page)]
    meta: dict[str, Any] = {"key": page.key, "title": page.title, "slug": page.slug, "summary": page.summary or None}
    if kind == "manual":
        meta["summary"] = page.summary if page.summary != page.standfirst else None
        return Text(page.key, kind, {**meta, "standfirst": page.standfirst})
    meta |= {
        "minutes": page.minutes,
        "reviewed": page.reviewed,
        "review_due": page.review_due,
        "review": page.review,
    }
    if kind == "scenario":
        meta |= {"standfirst": page.standfirst, "module": _module_key(page), "summary": None}
        return Text(page.key, kind, meta, [block for part in stored_parts(page) for block in _typed(part)])
    meta["number"] = page.number
    if kind == "module":
        meta["needs"] = needs_of(page)
    else:
        meta |= {"standfirst": page.standfirst, "tags": sorted(tag.name for tag in page.tags.all())}
        meta["summary"] = None
    return Text(page.key, kind, meta, _typed(page.body.get_prep_value()))


def _typed(stored: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return stream.from_stream(stored, page_addresses=page_addresses(stored), image_name=_image_name)


def _module_key(page: ScenarioPage) -> str:
    parent = page.get_parent() if page.depth else None
    return getattr(parent and parent.specific_deferred, "key", "")


def stored_parts(page: ScenarioPage) -> list[list[dict[str, Any]]]:
    """Give what a scenario stores: introduction, steps, debriefing."""
    parts = (page.introduction, page.steps, page.debriefing)
    return [part.get_prep_value() if part else [] for part in parts]


def stored_blocks(page: KeyedPage) -> list[dict[str, Any]]:
    """Give all blocks of a text as they are stored."""
    if isinstance(page, ScenarioPage):
        return [block for part in stored_parts(page) for block in part]
    return page.body.get_prep_value()


def needs_of(module: ModulePage) -> list[str]:
    """Give the keys of the modules to read before."""
    return [key.strip() for key in module.needs.split(",") if key.strip()]


def content_digest(text: Text) -> str:
    """Name what a text says; the same for a file and for the page that was made from it."""
    meta = {**text.meta, "tags": sorted(word.casefold() for word in text.meta.get("tags") or [])}
    said = {name: value for name, value in meta.items() if value not in (None, "", [])}
    return sha256(write_text(Text(text.path, text.kind, said, text.blocks)).encode()).hexdigest()


def page_addresses(stored: list[dict[str, Any]]) -> dict[int, str]:
    """Give the pages that editors have linked with the page chooser as files write them."""
    ids = linked_pages(stored)
    pages = Page.objects.filter(pk__in=ids).specific(defer=True) if ids else []
    return {page.pk: f"manual:{page.key}" if isinstance(page, KeyedPage) else page.get_url() or "" for page in pages}


def _image_name(image_id: int | None) -> str:
    return Image.objects.filter(pk=image_id).values_list("title", flat=True).first() or ""
