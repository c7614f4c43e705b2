"""What a print is made of, and which prints are there."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from wagtail.models import Page

from manual.models import ChapterPage, KeyedPage, ManualPage, ModulePage, Print, ScenarioPage
from manual.selectors.glossary import glossary_digest
from manual.selectors.reading import chapters_below, open_below, scenarios_below, translated
from manual.selectors.texts import page_addresses, stored_blocks
from manual.text import translation_key
from manual.text.screen import linked_keys
from pages.models import Helpline
from pages.selectors import footer_helplines, label_of
from printing.epoch import print_epoch

STANDARD = "standard"
HELPLINES = 3  # what a page of paper has room for


Printed = ManualPage | ModulePage | ChapterPage | ScenarioPage  # what can be had as a PDF


@dataclass(frozen=True)
class Part:
    """A module with those of its texts that a print holds."""

    module: ModulePage
    chapters: list[ChapterPage]
    scenarios: list[ScenarioPage]


@dataclass(frozen=True)
class Manuscript:
    """Everything that one print says: the page, what stands around it, and the stamp of it all."""

    page: Printed
    parts: list[Part]
    helplines: list[Helpline]
    variant: str
    language: str
    revisions: list[int | None]
    words: str

    @property
    def stamp(self) -> str:
        return _stamp(self.page, self.revisions, self.helplines, self.words, self.variant, self.language)


def manuscript_of(page: Printed, variant: str = STANDARD) -> Manuscript:
    """Gather what a print of a published page would say."""
    if isinstance(page, ManualPage):
        parts = _parts(page, whole=True)
    elif isinstance(page, ModulePage):
        parts = [Part(page, chapters_below(page), scenarios_below(page, whole=True))]
    else:
        texts = ([page], []) if isinstance(page, ChapterPage) else ([], [page])
        parts = [Part(page.get_parent().specific, *texts)]
    revisions = _revisions(page, parts)
    helplines = footer_helplines()[:HELPLINES]
    language = page.locale.language_code
    words = glossary_digest()
    return Manuscript(page, parts, helplines, variant, language, revisions, words)


def _parts(manual: ManualPage, *, whole: bool = False) -> list[Part]:
    """Give the modules of a manual with their texts, in order; three queries, whatever their number."""
    modules = open_below(manual, ModulePage.objects.child_of(manual)).order_by("number", "path")
    parts = {module.path: Part(module, [], []) for module in modules}
    for chapter in chapters_below(manual):
        if part := parts.get(chapter.path[: -Page.steplen]):
            part.chapters.append(chapter)
    for scenario in scenarios_below(manual, whole=whole):
        if part := parts.get(scenario.path[: -Page.steplen]):
            part.scenarios.append(scenario)
    return list(parts.values())


def _revisions(page: Printed, parts: list[Part]) -> list[int | None]:
    cover = [page.live_revision_id] if isinstance(page, ManualPage) else []
    return cover + [text.live_revision_id for part in parts for text in [part.module, *part.chapters, *part.scenarios]]


def stamps_of(pages: Sequence[Printed], variant: str = STANDARD) -> dict[str, Printed]:
    """Give the stamps of the prints of several pages without gathering their texts."""
    helplines = footer_helplines()[:HELPLINES]
    above = [page.path[: -Page.steplen] for page in pages if isinstance(page, ChapterPage | ScenarioPage)]
    modules = dict(Page.objects.filter(path__in=above).values_list("path", "live_revision_id")) if above else {}
    words = glossary_digest()
    stamps = {}
    for page in pages:
        if isinstance(page, ManualPage):
            revisions = _revisions(page, _parts(page))
        elif isinstance(page, ModulePage):
            below = [*chapters_below(page), *scenarios_below(page)]
            revisions = [page.live_revision_id, *(text.live_revision_id for text in below)]
        else:
            revisions = [modules.get(page.path[: -Page.steplen]), page.live_revision_id]
        stamps[_stamp(page, revisions, helplines, words, variant, page.locale.language_code)] = page
    return stamps


def _stamp(
    page: Page, revisions: list[int | None], helplines: list[Helpline], words: str, variant: str, language: str
) -> str:
    """Name everything that decides what a print says and how it looks; another word of any of it is another print."""
    lines = [(line.number, label_of(line, language), str(line.checked_on)) for line in helplines]
    said = [print_epoch(), variant, language, revisions, lines, words, settings.SITE_URL, page.url_path]
    return sha256(json.dumps(said).encode()).hexdigest()


def standing_print(stamp: str) -> Print | None:
    """Find the stored PDF of exactly this text; one query."""
    return Print.objects.filter(stamp=stamp).first()


def print_numbers(manuscript: Manuscript) -> tuple[dict[str, str], dict[int, str]]:
    """Give the numbers of the chapters that a text links to, by key, and the links that editors have chosen."""
    texts = {text for part in manuscript.parts for text in [part.module, *part.chapters, *part.scenarios]}
    blocks = [block for text in texts for block in stored_blocks(text)]
    chosen = page_addresses(blocks)
    keys = linked_keys(blocks) | {address.removeprefix("manual:") for address in chosen.values()}
    names = [translation_key(key) for key in keys]
    chapters = ChapterPage.objects.filter(translation_key__in=names, locale_id=manuscript.page.locale_id)
    return dict(chapters.values_list("key", "number")), chosen


def downloads_of(page: KeyedPage) -> list[dict[str, Any]]:
    """Give the PDFs of a page in every language that has it, for components/download.html."""
    stamps = stamps_of([text for text in translated(page) if isinstance(text, Printed)])
    prints = {stored.stamp: stored for stored in Print.objects.filter(stamp__in=stamps)}
    files = []
    for stamp, text in stamps.items():
        language = text.locale.language_code
        with override(language):
            files.append(
                {
                    "url": reverse("manual:page_pdf", args=[text.pk]),
                    "label": dict(settings.LANGUAGES)[language],
                    "note": _note(prints.get(stamp)),
                    "language": language if text.pk != page.pk else "",
                }
            )
    return files


def _note(stored: Print | None) -> str:
    if stored is None:
        return _("PDF, made when you ask for it")
    pages = ngettext("%(count)s page", "%(count)s pages", stored.pages) % {"count": stored.pages}
    return _("PDF, %(pages)s, %(size)s") % {"pages": pages, "size": filesizeformat(stored.size)}
