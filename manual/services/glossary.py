"""Turns the glossary's file into its terms, and meets what an editor has changed since."""

import json
from collections.abc import Container, Iterable
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wagtail.log_actions import log

from manual.models import GlossaryTerm, LoadedFile
from manual.services.loading import Deed
from manual.text import Problem
from manual.text.glossary import GLOSSARY_FILE, Term, read_glossary

NAME = f"rules/{GLOSSARY_FILE}"
_EVERY_LANGUAGE = "*"


def read_terms(folder: Path) -> tuple[list[Term], list[Problem]]:
    """Read the glossary of a content folder; a folder without one has no terms."""
    path = folder / NAME
    if not path.is_file():
        return [], []
    return read_glossary(path.read_text(), NAME, [code for code, _name in settings.LANGUAGES])


@transaction.atomic
def load_terms(*, terms: Iterable[Term], prefer_files: Container[str] = ()) -> list[tuple[str, Deed, str]]:
    """Make or update the glossary's terms; what an editor has changed stays unless the files are preferred."""
    standing = {term.key: term for term in GlossaryTerm.objects.all()}
    loaded = {row.key: row for row in LoadedFile.objects.filter(language=_EVERY_LANGUAGE)}
    return [_load(term, standing.get(term.key), loaded.get(_row_key(term.key)), prefer_files) for term in terms]


def _load(
    said: Term, term: GlossaryTerm | None, loaded: LoadedFile | None, prefer_files: Container[str]
) -> tuple[str, Deed, str]:
    name = f"{NAME} {said.key}"
    values = _values(said)
    file_digest = _digest(values)
    if term is None:
        term = GlossaryTerm(key=said.key)
        return name, _write(term, values, Deed.CREATED), ""
    term_digest = _digest({field: getattr(term, field) for field in values})
    if file_digest == term_digest:
        if not loaded or {loaded.file_digest, loaded.page_digest} != {file_digest}:
            _remember(said.key, file_digest)
        return name, Deed.UNCHANGED, ""
    if said.key not in prefer_files:
        if loaded and loaded.file_digest == file_digest:
            return name, Deed.KEPT, "an editor has changed it"
        if not loaded or loaded.page_digest != term_digest:
            return name, Deed.CONFLICT, "file and editor have both changed it"
    return name, _write(term, values, Deed.UPDATED), ""


def _values(said: Term) -> dict[str, str]:
    return {
        f"{part}_{language}": getattr(words, part)
        for language, words in said.words.items()
        for part in ("term", "definition")
    }


def _write(term: GlossaryTerm, values: dict[str, str], deed: Deed) -> Deed:
    for field, value in values.items():
        setattr(term, field, value)
    term.full_clean()
    term.save()
    # The log is what the version of the site's content is asked of: readers see the new words at once.
    log(instance=term, action="wagtail.create" if deed is Deed.CREATED else "wagtail.edit")
    _remember(term.key, _digest(values))
    return deed


def _remember(key: str, digest: str) -> None:
    LoadedFile.objects.update_or_create(
        key=_row_key(key),
        language=_EVERY_LANGUAGE,
        defaults={"path": NAME, "file_digest": digest, "page_digest": digest, "loaded": timezone.now()},
    )


def _row_key(key: str) -> str:
    return f"term-{key}"[:60]


def _digest(values: dict[str, str]) -> str:
    return sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
