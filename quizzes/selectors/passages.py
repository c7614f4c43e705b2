"""The passages of the manual that questions come from."""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from manual.models import ChapterPage


@dataclass(frozen=True)
class Passages:
    """Chapters by key, in one language, with the names of their sections."""

    chapters: dict[str, ChapterPage]

    def chapter_label(self, key: str) -> str:
        """Name a chapter: "1.1 The three elements"."""
        chapter = self.chapters.get(key)
        return f"{chapter.number} {chapter.title}" if chapter else ""

    def label(self, key: str, anchor: str) -> str:
        """Name a section with its chapter: "1.1, When the person is a child"."""
        chapter = self.chapters.get(key)
        if chapter is None:
            return ""
        section = sections_of(chapter).get(anchor)
        return f"{chapter.number}, {section}" if section else self.chapter_label(key)

    def url(self, key: str, anchor: str, request: HttpRequest) -> str:
        """Give the address of a section, or of nothing while the chapter is not published."""
        chapter = self.chapters.get(key)
        address = chapter.get_url(request) if chapter else None
        if not address:
            return ""
        return f"{address}#{anchor}" if anchor else address


def passages_of(chapter_keys: Collection[str], language: str) -> Passages:
    """Find published chapters by key, in a language where they exist, else in the source language: one query."""
    pages = (
        ChapterPage.objects.live()
        .filter(key__in=chapter_keys, locale__language_code__in={language, settings.LANGUAGE_CODE})
        .select_related("locale")
    )
    in_order = sorted(pages, key=lambda page: page.locale.language_code == language)
    return Passages({page.key: page for page in in_order})


def sections_of(chapter: ChapterPage) -> dict[str, str]:
    """Name the sections of a chapter by their anchors."""
    return {
        block["value"]["anchor"]: block["value"]["text"]
        for block in chapter.body.raw_data
        if block["type"] == "heading" and block["value"].get("anchor")
    }


def find_chapter(key: str) -> ChapterPage | None:
    """Find a published chapter by key, in whatever language it exists."""
    return ChapterPage.objects.live().filter(key=key).order_by("locale_id").first()
