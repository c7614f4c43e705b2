"""Reads of the manual."""

from manual.selectors.editing import edition_holding, loose_ends
from manual.selectors.finding import found, search, tagged_chapters
from manual.selectors.prints import (
    Manuscript,
    downloads_of,
    manuscript_of,
    print_numbers,
    stamps_of,
    standing_print,
)
from manual.selectors.reading import (
    Entry,
    ModuleEntry,
    Place,
    chapters_below,
    chapters_named,
    chapters_of,
    contents_of,
    manuals,
    modules_named,
    open_page_at,
    page_by_key,
    place_of,
    screen_of,
    translated,
)
from manual.selectors.texts import content_digest, needs_of, text_of

__all__ = [
    "Entry",
    "Manuscript",
    "ModuleEntry",
    "Place",
    "chapters_below",
    "chapters_named",
    "chapters_of",
    "content_digest",
    "contents_of",
    "downloads_of",
    "edition_holding",
    "found",
    "loose_ends",
    "manuals",
    "manuscript_of",
    "modules_named",
    "needs_of",
    "open_page_at",
    "page_by_key",
    "place_of",
    "print_numbers",
    "screen_of",
    "search",
    "stamps_of",
    "standing_print",
    "tagged_chapters",
    "text_of",
    "translated",
]
