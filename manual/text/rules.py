"""The rules that every published text keeps: what it must hold, what it must not say, what it rests on."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from manual.text import inline, prose
from manual.text.document import Text
from manual.text.glossary import Term
from manual.text.words import plain_parts, strings

FEWEST_WORDS, MOST_WORDS = 900, 1800
ONCE = ("aims", "key_points", "references")
AT_LEAST_ONCE = ("content_note", "case", "self_check", "reflection")
TOOLS = ("method", "checklist", "table", "say", "figure")
SOURCED = ("law", "figure_number")
# What frames a text but teaches nothing is not counted as teaching.
_NOT_TEACHING = ("references", "content_note", "pause")
_LETTERS = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:…]+(?:\s|$|[”»\"])")
_LONG = 6  # LIX calls a word long from seven letters on


@dataclass(frozen=True)
class SourceRecord:
    """One source of the manual and the day by which somebody must look at it again."""

    id: str
    title: str
    review_due: date
    read: date | None = None
    url: str = ""


@dataclass(frozen=True)
class Ban:
    """Words that must not be printed, why, and in which blocks they may stand all the same."""

    pattern: re.Pattern
    why: str
    allowed_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rules:
    """Everything that the folder `rules/` says."""

    sources: Mapping[str, SourceRecord] = field(default_factory=dict)
    bans: Mapping[str, tuple[Ban, ...]] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    # How many questions of each module the parallel forms of the knowledge test hold.
    blueprint: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a text, and the words in its file that show where."""

    message: str
    near: str = ""


def teaching_words(text: Text) -> int:
    """Count the words that teach: everything but sources, content notes and pauses."""
    return sum(
        len(said.split()) for said in plain_parts(block for block in text.blocks if block["type"] not in _NOT_TEACHING)
    )


def reading_level(text: Text) -> int:
    """Give the LIX of the running text: words per sentence, plus the percentage of words over six letters.

    C.-H. Björnsson, Läsbarhet, 1968: below 30 very easy, 30–40 easy, 40–50 medium, above 50 hard.
    """
    said = " ".join(
        f"{part}." if part and part[-1].isalnum() else part
        for part in plain_parts(block for block in text.blocks if block["type"] in {"text", "case", "say", "method"})
    )
    words = _LETTERS.findall(said)
    if not words:
        return 0
    sentences = max(1, len(_SENTENCE_END.findall(said)))
    return round(len(words) / sentences + 100 * sum(len(word) > _LONG for word in words) / len(words))


def faults_of(text: Text, language: str, rules: Rules, today: date) -> list[Fault]:
    """Say everything that is wrong with one text by the rules."""
    return [
        *(_structure(text) if text.kind == "chapter" else _frame(text) if text.kind == "module" else []),
        *_sources(text, rules, today),
        *_wording(text, language, rules),
        *_terms(text, language, rules),
    ]


def _structure(text: Text) -> Iterable[Fault]:
    kinds = Counter(block["type"] for block in text.blocks)
    for kind in ONCE:
        if kinds[kind] != 1:
            yield Fault(f"a chapter has one block “{kind}”; this one has {kinds[kind]}")
    for kind in AT_LEAST_ONCE:
        if not kinds[kind]:
            yield Fault(f"a chapter has a block “{kind}”; this one has none")
    if not any(kinds[kind] for kind in TOOLS):
        yield Fault(f"a chapter has a tool to work with: one of {', '.join(TOOLS)}")
    words = teaching_words(text)
    if not FEWEST_WORDS <= words <= MOST_WORDS:
        yield Fault(f"a chapter has {FEWEST_WORDS} to {MOST_WORDS} words of teaching; this one has {words}")
    if text.blocks and text.blocks[0]["type"] != "aims":
        yield Fault("a chapter begins with its aims")
    if text.blocks and text.blocks[-1]["type"] != "references":
        yield Fault("a chapter ends with its sources")


def _frame(text: Text) -> Iterable[Fault]:
    kinds = {block["type"] for block in text.blocks}
    for kind in ("text", "content_note", "pause"):
        if kind not in kinds:
            yield Fault(f"a module has a block “{kind}”; this one has none")


def _sources(text: Text, rules: Rules, today: date) -> Iterable[Fault]:
    due = text.meta.get("review_due")
    if text.kind != "manual" and due is None:
        yield Fault("law and figures are checked again by a day: “review_due” is missing")
    if due and due < today:
        yield Fault(f"the check of this text was due on {due}", "review_due")
    used = {mark for block in text.blocks for mark in _marks(block)}
    for mark in text.reference_ids():
        if mark not in rules.sources:
            yield Fault(f"the source “{mark}” is not in rules/sources.yaml", f"- {mark}:")
        elif mark not in used:
            yield Fault(f"the source “{mark}” is listed but named nowhere in the text", f"- {mark}:")
    for block in text.blocks:
        if block["type"] in SOURCED:
            yield from _sourced(block, rules, today)


def _sourced(block: Mapping[str, Any], rules: Rules, today: date) -> Iterable[Fault]:
    value = block["value"]
    near = value.get("title") or value.get("value") or ""
    marks = _marks(block)
    if not marks:
        yield Fault(f"“{block['type']}” names no source such as [^s10]", near)
    for mark in marks:
        record = rules.sources.get(mark)
        if record and record.review_due < today:
            yield Fault(f"the source “{mark}” was to be checked by {record.review_due}", near)
    if block["type"] == "law":
        due = value.get("review_due")
        if not due:
            yield Fault("“law” says by when it is checked again: “review-due” is missing", near)
        elif date.fromisoformat(due) < today:
            yield Fault(f"this law was to be checked by {due}", near)
        if date.fromisoformat(value["as_of"]) > today:
            yield Fault("this law was checked on a day that has not come yet", near)


def _marks(block: Mapping[str, Any]) -> list[str]:
    return [mark for said in strings(block["value"]) for mark in inline.REFERENCE.findall(said)]


def _wording(text: Text, language: str, rules: Rules) -> Iterable[Fault]:
    bans = [*rules.bans.get("any", ()), *rules.bans.get(language, ())]
    parts = [(name, str(text.meta.get(name) or "")) for name in ("title", "standfirst", "summary")]
    parts += [
        (block["type"], said)
        for block in text.blocks
        if block["type"] != "references"
        for said in strings(block["value"])
    ]
    for kind, said in parts:
        yield from banned_words(said, bans, kind)


def banned_words(said: str, bans: Iterable[Ban], kind: str = "") -> Iterable[Fault]:
    """Say which banned words stand in a passage of one kind of block."""
    said = prose.plain(said)
    for ban in bans:
        found = ban.pattern.search(said) if kind not in ban.allowed_in else None
        if found:
            yield Fault(f"“{found[0]}”: {ban.why}", found[0])


def _terms(text: Text, language: str, rules: Rules) -> Iterable[Fault]:
    """The first mention of a term is marked, and only that one; mentions are found by the term's listed forms."""
    running = list(_running(text))
    marked = Counter(key for said in running for _words, key in inline.TERM.findall(said))
    for key, times in marked.items():
        if times > 1:
            yield Fault(f"the term “{key}” is marked {times} times; mark its first mention", f"{{term={key}}}")
    for said in (said for block in text.blocks for said in _aside(block)):
        for _words, key in inline.TERM.findall(said):
            yield Fault(f"the term “{key}” is marked outside the running text", f"{{term={key}}}")
    # Only a chapter marks every term it mentions; what is shorter marks what its readers need.
    for key in rules.terms if text.kind == "chapter" else marked:
        words = rules.terms[key].words.get(language) if key in rules.terms else None
        if words and (early := _before_mark(running, key, words.forms)):
            said = "before the mark of the term" if key in marked else "without a mark of the term"
            yield Fault(f"“{early}” is mentioned {said} “{key}”", early)


def _before_mark(running: Sequence[str], key: str, forms: Sequence[str]) -> str:
    """Find a listed form that stands before the mark of its term, or anywhere where it has none."""
    wanted = _any_of(tuple(forms))
    for said in running if wanted else ():
        mark = next((found.start() for found in inline.TERM.finditer(said) if found[2] == key), None)
        before = inline.TERM.sub(lambda found: "\0" * len(found[0]), said[: len(said) if mark is None else mark])
        if found := wanted.search(before):
            return found[0]
        if mark is not None:
            return ""
    return ""


@cache
def _any_of(forms: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)", re.IGNORECASE) if forms else None


_RUNNING = {
    "text": None,
    "aims": ("items",),
    "key_point": ("text",),
    "law": ("text", "columns"),
    "practice": ("text",),
    "method": ("intro", "steps"),
    "case": ("story", "task", "discussion"),
    "reflection": ("question", "help"),
    "checklist": ("items",),
    "figure_number": ("text",),
    "say": ("items", "never"),
    "content_note": ("text",),
    "pause": ("text",),
    "key_points": ("items",),
}


def _running(text: Text) -> Iterable[str]:
    for block in text.blocks:
        parts = _RUNNING.get(block["type"], ())
        if parts is None:
            yield block["value"]
        else:
            for part in parts:
                yield from strings(block["value"].get(part, ""))


def _aside(block: Mapping[str, Any]) -> Iterable[str]:
    """Give what is no running text: headings, titles, cells of tables, answers, sources."""
    parts = _RUNNING.get(block["type"], ())
    if parts is not None:
        for part, said in block["value"].items():
            if part not in parts:
                yield from strings(said)


def differences(source: Text, translation: Text) -> list[Fault]:
    """Say how the structure of a translation differs from its source: blocks, their parts, anchors, sources, terms."""
    faults = []
    ours, theirs = [list(map(_shape, text.blocks)) for text in (source, translation)]
    for number, (wanted, found) in enumerate(zip(ours, theirs, strict=False), 1):
        if wanted != found:
            faults.append(Fault(f"block {number} is {_named(found)}; in the source it is {_named(wanted)}"))
            break
    if len(ours) != len(theirs) and not faults:
        faults.append(Fault(f"there are {len(theirs)} blocks; the source has {len(ours)}"))
    wanted_terms, found_terms = _keys(source), _keys(translation)
    faults += [Fault(f"the source marks the term “{key}”, this text does not") for key in wanted_terms - found_terms]
    faults += [
        Fault(f"this text marks the term “{key}”, the source does not", f"{{term={key}}}")
        for key in found_terms - wanted_terms
    ]
    return faults


def _keys(text: Text) -> set[str]:
    return {key for said in _running(text) for _words, key in inline.TERM.findall(said)}


def _shape(block: Mapping[str, Any]) -> tuple:
    """Give what a block is made of, whatever its words."""
    value, kind = block["value"], block["type"]
    if kind == "text":
        return (kind, ())
    if kind == "heading":
        return (kind, (value["anchor"], value["level"]))
    if kind == "table":
        return (kind, (len(value["rows"]), len(value["rows"][0])))
    if kind == "references":
        return (kind, tuple(sorted(item["id"] for item in value["items"])))
    if kind == "self_check":
        return (kind, tuple(option["right"] for option in value["options"]))
    return (kind, tuple(len(part) for part in value.values() if isinstance(part, list)))


def _named(shape: tuple) -> str:
    kind, parts = shape
    return f"“{kind}”" + (f" ({', '.join(map(str, parts))})" if parts else "")
