"""Writes pages and terms back as the text files that would make them."""

from collections.abc import Iterable
from pathlib import Path

from wagtail.models import Page

import yaml

from manual.models import GlossaryTerm, KeyedPage, LoadedFile, ManualPage, ModulePage
from manual.selectors import text_of
from manual.services.errors import ManualError
from manual.services.folder import MANUAL_FILE, MODULE_FILE
from manual.services.glossary import NAME as GLOSSARY_NAME
from manual.text import Text, write_text


def export_texts(*, folder: Path, languages: Iterable[str]) -> list[str]:
    """Write every published page of the manual into a folder, and give the names of the files."""
    written = []
    for manual in ManualPage.objects.live().filter(locale__language_code__in=list(languages)).select_related("locale"):
        language = manual.locale.language_code
        loaded = dict(LoadedFile.objects.filter(language=language).values_list("key", "path"))
        below = Page.objects.descendant_of(manual, inclusive=True).live().order_by("path").specific()
        for page in below:
            if isinstance(page, KeyedPage):
                name = loaded.get(page.key) or f"{language}/{_place(page)}"
                write_file(folder / name, write_text(_as_published(page, name)))
                written.append(name)
    return written


def export_terms(*, folder: Path, forms: dict[str, dict[str, list[str]]]) -> list[str]:
    """Write the glossary; the listed forms are not kept with the terms, so they are taken from the file of before."""
    languages = [field.name.removeprefix("term_") for field in GlossaryTerm._meta.fields if field.name[:5] == "term_"]
    entries = [
        {
            "key": term.key,
            **{
                language: {
                    "term": getattr(term, f"term_{language}"),
                    "definition": getattr(term, f"definition_{language}"),
                    **({"forms": said} if (said := forms.get(term.key, {}).get(language)) else {}),
                }
                for language in languages
            },
        }
        for term in GlossaryTerm.objects.all()
    ]
    if not entries:
        return []
    said = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=120)
    write_file(folder / GLOSSARY_NAME, said)
    return [GLOSSARY_NAME]


def write_file(path: Path, said: str) -> None:
    """Write one file with the folders above it, or raise ManualError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(said)
    except OSError as error:
        raise ManualError("read_only", f"{path} cannot be written: {error.strerror}") from error


def _as_published(page: KeyedPage, name: str) -> Text:
    text = text_of(page)
    meta = {field: value for field, value in text.meta.items() if value not in (None, "")}
    return Text(name, text.kind, meta, text.blocks)


def _place(page: KeyedPage) -> str:
    """Name the file of a page that was made in the editor."""
    if isinstance(page, ManualPage):
        return MANUAL_FILE
    if isinstance(page, ModulePage):
        return f"{page.key}/{MODULE_FILE}"
    return f"{page.get_parent().specific_deferred.key}/{page.key}.md"
