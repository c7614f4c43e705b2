"""The words of a text: folded for comparing, cut out for showing."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from manual.text import prose

_NOT_WORDS = {"anchor", "id", "image", "as_of", "review_due", "level", "target"}
_ONE_BY_ONE = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ł": "l", "œ": "oe", "ð": "d", "þ": "th"})
_WORD = re.compile(r"[^\W_]+")
_AROUND = 110  # signs shown before and after what was found


def plain_parts(blocks: Iterable[dict[str, Any]]) -> list[str]:
    """Give the words of typed blocks, part by part, without any marks."""
    return [prose.plain(said) for block in blocks for said in strings(block["value"]) if said]


def strings(value: object) -> Iterable[str]:
    """Give everything in a value that is written for readers."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part, said in value.items():
            if part not in _NOT_WORDS:
                yield from strings(said)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def fold(text: str) -> str:
    """Write words so that letters with and without marks, large and small, are the same; a blank stands before each."""
    bare = unicodedata.normalize("NFKD", text.casefold()).translate(_ONE_BY_ONE)
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return "".join(f" {word}" for word in _WORD.findall(bare))


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a snippet; marked where it is what was looked for."""

    text: str
    marked: bool = False


def snippet(text: str, wanted: Sequence[str]) -> list[Part]:
    """Cut out the line that holds most of the wanted words, and mark them; words are folded beginnings."""
    lines = text.split("\n")
    best = max(lines, key=lambda line: sum(f" {word}" in fold(line) for word in wanted), default="")
    hits = [
        (found.start(), found.end())
        for found in _WORD.finditer(best)
        if fold(found[0]).strip().startswith(tuple(wanted))
    ]
    if not hits:
        return []
    start = _edge(best, hits[0][0] - _AROUND, -1)
    end = _edge(best, hits[0][0] + 2 * _AROUND, 1)
    parts = [Part("… ")] if start else []
    at = start
    for first, last in hits:
        if last > end:
            break
        parts += [Part(best[at:first]), Part(best[first:last], marked=True)]
        at = last
    return [*parts, Part(best[at:end].rstrip() + " …" if end < len(best) else best[at:])]


def _edge(text: str, at: int, step: int) -> int:
    """Move to the end of a word, so that none is cut."""
    at = max(0, min(at, len(text)))
    while 0 < at < len(text) and not text[at - 1].isspace():
        at += step
    return at
