"""Prints pages, once for each state of their text."""

import re
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils.translation import override

from manual.models import ManualPage, ModulePage, Print, ScenarioPage
from manual.selectors import Manuscript, Printed, glossary_in, manuscript_of, print_numbers, standing_print
from manual.text.paper import Paper
from pages.models import Rendition
from pages.selectors import label_of
from printing.press import BOOK, CHAPTER, Pdf, PrintError, print_pdf

FAILURE_SECONDS = 60  # afterwards asking again tries again
TEMPLATES = {
    ManualPage: "manual/manual_print.html",
    ModulePage: "manual/module_print.html",
    ScenarioPage: "manual/scenario_print.html",
}
_PICTURE = re.compile(r'<img src="([^"]+)"')


def ensure_print(*, page: Printed, variant: str = "standard") -> Print:
    """Give the stored PDF of a published page; print it if this text was never printed."""
    manuscript = manuscript_of(page, variant)
    stored = standing_print(manuscript.stamp)
    if stored and stored.file.storage.exists(stored.file.name):
        return stored
    return _store(manuscript, print_manuscript(manuscript), stored)


def print_in_background(*, page: Printed) -> None:
    """Print for somebody who waits, and leave word for them if it fails."""
    try:
        ensure_print(page=page)
    except PrintError as error:
        cache.set(failure_name(manuscript_of(page).stamp), str(error), FAILURE_SECONDS)
        raise


def failure_name(stamp: str) -> str:
    """Name the word that is left when a print has failed."""
    return f"print-failed-{stamp}"


def print_manuscript(manuscript: Manuscript) -> Pdf:
    """Print a page as it is published now."""
    html = manuscript_html(manuscript)
    limits = BOOK if isinstance(manuscript.page, ManualPage) else CHAPTER
    return print_pdf(html, limits=limits, media=_pictures(html))


def manuscript_html(manuscript: Manuscript) -> str:
    """Write a page for paper, in its own language."""
    page = manuscript.page
    numbers, addresses = print_numbers(manuscript)
    template = next((name for kind, name in TEMPLATES.items() if isinstance(page, kind)), "manual/chapter_print.html")
    part = manuscript.parts[0] if len(manuscript.parts) == 1 else None
    context: dict[str, Any] = {
        "manual": page if isinstance(page, ManualPage) else None,
        "parts": manuscript.parts,
        "module": part and part.module,
        "chapters": part and part.chapters,
        "chapter": part and next(iter(part.chapters), None),
        "scenarios": part and part.scenarios,
        "scenario": part and next(iter(part.scenarios), None),
        "words": glossary_in(manuscript.language) if isinstance(page, ManualPage) else [],
        "paper": Paper(numbers=numbers, page_addresses=addresses),
        "stamp": manuscript.stamp,
        "address": settings.SITE_URL.rstrip("/") + (page.get_url() or ""),
        "edition": "",
        "language": dict(settings.LANGUAGES)[manuscript.language],
        "helplines": [
            {"number": line.number, "label": label_of(line, manuscript.language)} for line in manuscript.helplines
        ],
        "helplines_checked": min((line.checked_on for line in manuscript.helplines), default=None),
    }
    with override(manuscript.language):
        return render_to_string(template, context)


def _pictures(html: str) -> dict[str, bytes]:
    """Hand the uploaded pictures of a page to the press, which opens no files."""
    pictures = {}
    for address in set(_PICTURE.findall(html)):
        if not address.startswith(settings.MEDIA_URL):
            continue
        rendition = Rendition.objects.get(file=address.removeprefix(settings.MEDIA_URL))
        with rendition.file.open("rb") as file:
            pictures[address] = file.read()
    return pictures


def _store(manuscript: Manuscript, pdf: Pdf, lost: Print | None) -> Print:
    """Keep a PDF; whoever comes second takes the one that is there."""
    stamp = manuscript.stamp
    made = lost or Print(
        stamp=stamp,
        page_key=manuscript.page.translation_key,
        variant=manuscript.variant,
        language=manuscript.language,
        revisions=manuscript.revisions,
    )
    made.size, made.pages, made.sha256 = len(pdf), pdf.pages, sha256(pdf).hexdigest()
    made.file.save(f"{stamp[:32]}.pdf", ContentFile(pdf), save=False)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        made.file.storage.delete(made.file.name)
        return Print.objects.get(stamp=stamp)
    return made
