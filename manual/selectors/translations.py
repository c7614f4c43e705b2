"""Which translated passages say what their source no longer says."""

from dataclasses import dataclass

from django.conf import settings

from wagtail.models import Page

from manual.models import ChapterPage, ModulePage, Review, ReviewedPage, ScenarioPage
from manual.selectors.texts import stored_blocks
from manual.text import prose, stream
from manual.text.words import plain_parts

_SHOWN = 240  # signs of a passage that tell an editor which one it is


@dataclass(frozen=True, slots=True)
class Stale:
    """A passage to look at again: the block in the translation, and what the source says now."""

    block_id: str
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a text stands: who has read it, what is stale, what is not translated at all."""

    page: Page
    review: str
    is_reviewed: bool
    stale: tuple[Stale, ...]
    untranslated: tuple[str, ...]


def source_of(page: ReviewedPage) -> ReviewedPage | None:
    """Give the page that a translation was made from; nothing for the source itself."""
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return None
    originals = type(page).objects.filter(translation_key=page.translation_key)
    return originals.filter(locale__language_code=settings.LANGUAGE_CODE).first()


def standing_of(page: ReviewedPage, source: ReviewedPage | None) -> Standing:
    """Compare a translation, which may be a draft, with what its source says now."""
    stale: list[Stale] = []
    untranslated: list[str] = []
    if source is not None:
        ours, theirs = stored_blocks(page), stored_blocks(source)
        now, words = stream.digests(theirs), {block["id"]: _words(block) for block in theirs}
        for block in ours:
            origin, digest = page.made_from.get(block["id"], (None, None))
            if origin and now.get(origin) != digest:
                stale.append(Stale(block["id"], _words(block), words.get(origin, "")))
        known = {origin for origin, _digest in page.made_from.values()}
        untranslated = [words[identity] for identity in now if identity not in known and page.made_from]
    return Standing(page, page.get_review_display(), page.review != Review.NONE, tuple(stale), tuple(untranslated))


def standings() -> list[Standing]:
    """Give every live text that waits for somebody: not reviewed, stale, or with passages not translated."""
    found = []
    for model in (ModulePage, ChapterPage, ScenarioPage):
        pages = list(model.objects.live().select_related("locale").order_by("path"))
        sources = {page.translation_key: page for page in pages if page.locale.language_code == settings.LANGUAGE_CODE}
        for page in pages:
            source = sources.get(page.translation_key)
            found.append(standing_of(page, None if source is page else source))
    return sorted(found, key=lambda row: (-len(row.stale) - len(row.untranslated), row.is_reviewed, row.page.path))


def _words(block: stream.Block) -> str:
    said = " ".join(plain_parts(stream.from_stream([block])))
    return prose.tidy(said)[:_SHOWN]
