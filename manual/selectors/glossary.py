"""The glossary as one language reads it."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings

from manual.models import GlossaryTerm

# Norwegian counts these letters on their own, after z; everywhere else marks on letters do not change their place.
_AFTER_Z = {"nb": "æøå"}
_QUOTES = "«„“\"'"


@dataclass(frozen=True, slots=True)
class Entry:
    """A term in one language, with its words in the others."""

    key: str
    term: str
    definition: str
    others: tuple[tuple[str, str], ...]


def glossary_in(language: str, keys: Iterable[str] | None = None) -> list[Entry]:
    """Give the terms in the order of a language's alphabet: all of them, or those of some keys."""
    terms = GlossaryTerm.objects.all() if keys is None else GlossaryTerm.objects.filter(key__in=list(keys))
    entries = [
        Entry(
            term.key,
            getattr(term, f"term_{language}"),
            getattr(term, f"definition_{language}"),
            tuple((code, getattr(term, f"term_{code}")) for code, _name in settings.LANGUAGES if code != language),
        )
        for term in terms
    ]
    return sorted(entries, key=lambda entry: _place(entry.term, language))


def glossary_by_letter(language: str) -> list[tuple[str, list[Entry]]]:
    """Give all terms under their first letters, in order."""
    letters: dict[str, list[Entry]] = {}
    for entry in glossary_in(language):
        letters.setdefault(_letter(entry.term, language), []).append(entry)
    return list(letters.items())


def glossary_digest() -> str:
    """Name everything that the glossary says; another word of it is another glossary."""
    fields = [field.attname for field in GlossaryTerm._meta.concrete_fields if not field.primary_key]
    return sha256(repr(list(GlossaryTerm.objects.order_by("key").values_list(*fields))).encode()).hexdigest()


def _letter(term: str, language: str) -> str:
    first = term.lstrip(_QUOTES)[:1].casefold()
    return (first if first in _AFTER_Z.get(language, "") else _bare(first)).upper()


def _place(term: str, language: str) -> list[tuple[int, str]]:
    own = _AFTER_Z.get(language, "")
    return [(own.index(sign) + 1, "") if sign in own else (0, _bare(sign)) for sign in term.lstrip(_QUOTES).casefold()]


def _bare(sign: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))
