"""Reads what stands inside a directive."""

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from manual.text.spec import DIRECTIVES, SPLIT_NAMES

if TYPE_CHECKING:
    from manual.text.reader import Line, Reader

_OPTION = re.compile(r"\[([ xX])\]\s+(.*)")
_REFERENCE = re.compile(r"([a-z0-9][a-z0-9-]*):\s+(.*)")
_CELL = re.compile(r"(?<!\\)\|")


def content(reader: "Reader", name: str, opening: int, lines: list["Line"]) -> dict[str, Any]:
    """Read the lines between `::: name` and `:::`."""
    spec = DIRECTIVES[name]
    if spec.form == "law":
        return _law(reader, opening, lines)
    first, parts = _split(reader, lines)
    value = _part(reader, spec.form, spec.part, opening, first)
    value |= {part: [] if form == "items" else "" for part, form in spec.splits.values()}
    for heading, inside in parts:
        title = SPLIT_NAMES.get(heading.text, heading.text)
        if title not in spec.splits:
            wanted = " or ".join(f"### {split}" for split in spec.splits) or "no ### heading"
            reader.complain(heading.number, f"“{name}” takes {wanted}, not “### {heading.text}”")
            continue
        part, form = spec.splits[title]
        value |= _part(reader, form, part, heading.number, inside)
    for title, (part, _form) in spec.splits.items():
        if name == "case" and not value[part]:
            reader.complain(opening, f"“case” needs a part ### {title}")
    return value


def _split(reader: "Reader", lines: list["Line"]) -> tuple[list["Line"], list[tuple["Line", list["Line"]]]]:
    first: list[Line] = []
    parts: list[tuple[Line, list[Line]]] = []
    for line in lines:
        if line.text.startswith("### "):
            parts.append((type(line)(line.number, line.text[4:].strip()), []))
        elif line.text.startswith("#"):
            reader.complain(line.number, "inside a directive headings begin with ###")
        else:
            (parts[-1][1] if parts else first).append(line)
    return first, parts


def _part(reader: "Reader", form: str, part: str, opening: int, lines: list["Line"]) -> dict[str, Any]:
    match form:
        case "prose":
            text = reader.prose(lines)
            if not text:
                reader.complain(opening, "there is no text here")
            return {part: text}
        case "nothing":
            if any(line.text for line in lines):
                reader.complain(opening, "nothing may stand inside this directive")
            return {}
        case "table":
            return {part: _table(reader, opening, lines)}
    return _PIECEWISE[form](reader, part, opening, lines)


def _phrase(reader: "Reader", part: str, opening: int, lines: list["Line"]) -> dict[str, Any]:
    pieces = reader.pieces(lines)
    if len(pieces) != 1 or pieces[0][1].kind != "p":
        reader.complain(opening, "exactly one paragraph stands here")
        return {part: ""}
    return {part: reader.phrase(pieces[0][1].lines[0])}


def _items(reader: "Reader", part: str, opening: int, lines: list["Line"]) -> dict[str, Any]:
    pieces = reader.pieces(lines)
    for line, piece in pieces:
        if piece.kind != "ul":
            reader.complain(line.number, "only a list with - stands here")
    if not pieces:
        reader.complain(opening, "this list is empty")
    return {part: [reader.phrase(piece.lines[0]) for _line, piece in pieces]}


def _method(reader: "Reader", part: str, opening: int, lines: list["Line"]) -> dict[str, Any]:
    pieces = reader.pieces(lines)
    steps = [piece for _line, piece in pieces if piece.kind == "ol"]
    intro = pieces[: len(pieces) - len(steps)]
    if not steps or any(piece.kind != "p" for _line, piece in intro) or len(intro) > 1:
        reader.complain(opening, "a method is one paragraph, or none, and then steps as a list 1. 2. 3.")
    return {
        "intro": " ".join(reader.phrase(piece.lines[0]) for _line, piece in intro),
        "steps": [reader.phrase(piece.lines[0]) for piece in steps],
    }


def _question(reader: "Reader", part: str, opening: int, lines: list["Line"]) -> dict[str, Any]:
    pieces = reader.pieces(lines)
    if not pieces or pieces[0][1].kind != "p":
        reader.complain(opening, "this begins with a question in one paragraph")
        return {part: "", "help": ""}
    cut = next((n for n, line in enumerate(lines) if pieces[1:] and line == pieces[1][0]), len(lines))
    return {part: reader.phrase(pieces[0][1].lines[0]), "help": reader.prose(lines[cut:])}


def _self_check(reader: "Reader", part: str, opening: int, lines: list["Line"]) -> dict[str, Any]:
    pieces = reader.pieces(lines)
    asked = [piece.lines[0] for _line, piece in pieces if piece.kind == "p"]
    options = []
    for line, piece in pieces:
        if piece.kind == "p":
            continue
        option = _OPTION.fullmatch(piece.lines[0])
        text, dash, feedback = option[2].partition(" — ") if option and piece.kind == "ul" else ("", "", "")
        if not dash:
            reader.complain(line.number, "an option is written as “- [x] text — feedback” or “- [ ] text — feedback”")
            continue
        options.append({"right": option[1] != " ", "text": reader.phrase(text), "feedback": reader.phrase(feedback)})
    if len(asked) != 1:
        reader.complain(opening, "a self-check has one question in one paragraph")
    if len(options) < 2 or not any(option["right"] for option in options):
        reader.complain(opening, "a self-check has two options or more, and one or more is right")
    return {part: reader.phrase(asked[0]) if asked else "", "options": options}


def _references(reader: "Reader", part: str, opening: int, lines: list["Line"]) -> dict[str, Any]:
    items = []
    for line, piece in reader.pieces(lines):
        reference = _REFERENCE.fullmatch(piece.lines[0]) if piece.kind == "ul" else None
        if not reference:
            reader.complain(line.number, "a reference is written as “- s40: Full reference, with year.”")
            continue
        items.append({"id": reference[1], "text": reader.phrase(reference[2])})
    return {part: items}


def _table(reader: "Reader", opening: int, lines: list["Line"]) -> list[list[str]]:
    rows: list[list[str]] = []
    for line in lines:
        text = line.text.strip()
        if not text:
            continue
        cells = [cell.strip() for cell in _CELL.split(text)]
        if cells[0] or cells[-1] or len(cells) < 4:
            reader.complain(line.number, "a row of a table is written as | first | second |")
            continue
        cells = cells[1:-1]
        if len(rows) == 1 and all(re.fullmatch(r":?-+:?", cell) for cell in cells):
            continue
        if rows and len(cells) != len(rows[0]):
            reader.complain(line.number, f"this row has {len(cells)} cells, the first row has {len(rows[0])}")
        for cell in cells:
            reader.check_marks(line.number, cell)
        rows.append([reader.phrase(cell) for cell in cells])
    if len(rows) < 2:
        reader.complain(opening, "a table has a row of headings and one row or more")
    return rows


def _law(reader: "Reader", opening: int, lines: list["Line"]) -> dict[str, Any]:
    first, parts = _split(reader, lines)
    columns = [{"title": heading.text, "text": reader.prose(inside)} for heading, inside in parts]
    value = {"text": reader.prose(first), "columns": columns}
    if not value["text"] and not columns:
        reader.complain(opening, "there is no text here")
    for heading, _inside in (part for part, column in zip(parts, columns, strict=True) if not column["text"]):
        reader.complain(heading.number, "there is no text here")
    return value


def is_date(said: str) -> bool:
    """Whether this is a day of the calendar, written as 2026-11-23."""
    try:
        return date.fromisoformat(said).isoformat() == said
    except ValueError:
        return False


_PIECEWISE = {
    "phrase": _phrase,
    "items": _items,
    "method": _method,
    "question": _question,
    "self-check": _self_check,
    "references": _references,
}
