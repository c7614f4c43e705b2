"""Reads the body of a text file into typed blocks, collecting everything that is wrong with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from manual.text import directives, inline
from manual.text.errors import Problem
from manual.text.prose import Piece
from manual.text.prose import write as write_prose
from manual.text.spec import DIRECTIVES, block_type

Block = dict[str, Any]

_OPEN = re.compile(r":::\s*([A-Za-z][A-Za-z-]*)\s*(?:\{(.*)\})?\s*")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*(?:\{#([^}]*)\})?\s*")
_ANCHOR = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ATTRIBUTE = re.compile(r'\s*([a-z-]+)="((?:[^"\\]|\\.)*)"')
_ITEM = re.compile(r"(?:(-)|(\d{1,3})\.)\s+(.*)")


@dataclass(frozen=True)
class Line:
    """One line of the file."""

    number: int
    text: str


class Reader:
    """Reads one body; `problems` fills up while it reads."""

    def __init__(self, path: str, lines: list[Line]) -> None:
        self.path = path
        self.lines = lines
        self.problems: list[Problem] = []

    def complain(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.path, line, message))

    def blocks(self) -> list[Block]:
        blocks: list[Block] = []
        prose: list[Line] = []
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            if line.text.startswith(":::"):
                blocks += self._text(prose)
                end, block = self._directive(at)
                blocks += [block] if block else []
                at = end
            elif re.match(r"#{1,6}(\s|$)", line.text):
                blocks += self._text(prose)
                blocks.append(self._heading(line))
            else:
                prose.append(line)
            at += 1
        return blocks + self._text(prose)

    def _text(self, lines: list[Line]) -> list[Block]:
        text = self.prose(lines)
        lines.clear()
        return [{"type": "text", "value": text}] if text else []

    def _heading(self, line: Line) -> Block:
        marks, text, anchor = (
            _HEADING.fullmatch(line.text).groups() if _HEADING.fullmatch(line.text) else ("##", "", "")
        )
        if len(marks) not in {2, 3}:
            self.complain(line.number, "headings begin with ## or ###")
        if not text:
            self.complain(line.number, "this heading has no words")
        if not anchor or not _ANCHOR.fullmatch(anchor):
            self.complain(line.number, "a heading ends in an anchor such as {#child}: small letters, digits, hyphens")
        self.check_marks(line.number, text)
        return {"type": "heading", "value": {"text": text, "anchor": anchor or "", "level": len(marks)}}

    def _directive(self, at: int) -> tuple[int, Block | None]:
        opening = self.lines[at]
        head = _OPEN.fullmatch(opening.text)
        if not head:
            self.complain(
                opening.number,
                "this ::: closes nothing" if opening.text.strip() == ":::" else "this ::: line cannot be read",
            )
            return at, None
        end = next((n for n in range(at + 1, len(self.lines)) if self.lines[n].text.startswith(":::")), len(self.lines))
        name = head[1]
        if end == len(self.lines) or self.lines[end].text.strip() != ":::":
            self.complain(opening.number, f"the directive “{name}” is not closed by a line with :::")
            return end - 1, None
        if name not in DIRECTIVES:
            known = ", ".join(DIRECTIVES)
            self.complain(opening.number, f"unknown directive “{name}”; there are {known}")
            return end, None
        value = self._attributes(opening, name, head[2] or "")
        value |= directives.content(self, name, opening.number, self.lines[at + 1 : end])
        return end, {"type": block_type(name), "value": value}

    def _attributes(self, line: Line, name: str, source: str) -> dict[str, str]:
        spec = DIRECTIVES[name]
        value = dict.fromkeys((block_type(attribute) for attribute in spec.attributes), "")
        at = 0
        while match := _ATTRIBUTE.match(source, at):
            at = match.end()
            if match[1] not in spec.attributes:
                allowed = ", ".join(spec.attributes) or "none"
                self.complain(line.number, f"“{name}” has no attribute “{match[1]}”; it has {allowed}")
                continue
            said = re.sub(r'\\(["\\])', r"\1", match[2]).strip()
            if match[1] in spec.dates and said and not directives.is_date(said):
                self.complain(line.number, f"“{match[1]}” must be a date such as 2026-11-23")
            value[block_type(match[1])] = said
            self.check_marks(line.number, said)
        if source[at:].strip():
            self.complain(
                line.number, f'attributes are written as name="value"; this is not: {source[at:].strip()[:40]}'
            )
        for attribute in spec.required:
            if not value[block_type(attribute)]:
                self.complain(line.number, f"“{name}” needs the attribute “{attribute}”")
        return value

    # What directives.py reads with.

    def pieces(self, lines: list[Line]) -> list[tuple[Line, Piece]]:
        """Read paragraphs and lists, each with the line it starts on."""
        found: list[tuple[Line, Piece]] = []
        fresh = True
        for line in lines:
            if not line.text.strip():
                fresh = True
                continue
            item = _ITEM.fullmatch(line.text.rstrip())
            if item:
                found.append((line, Piece("ul" if item[1] else "ol", [item[3].strip()])))
            elif re.match(r"\s+(-|\d{1,3}\.)\s", line.text):
                self.complain(line.number, "lists have one level")
            elif fresh or not found:
                found.append((line, Piece("p", [line.text.strip()])))
            else:
                found[-1][1].lines[0] += " " + line.text.strip()
            fresh = False
        for line, piece in found:
            self.check_marks(line.number, piece.lines[0])
        return found

    def prose(self, lines: list[Line]) -> str:
        """Read paragraphs and lists into canonical Markdown."""
        canonical = []
        for _line, piece in self.pieces(lines):
            canonical.append(Piece(piece.kind, [self.phrase(piece.lines[0])]))
        return write_prose(canonical)

    @staticmethod
    def phrase(source: str) -> str:
        """Write one line in the one way in which this project writes Markdown."""
        return inline.write(inline.parse(re.sub(r"\s+", " ", source).strip()))

    def check_marks(self, line: int, source: str) -> None:
        for node in inline.walk(inline.parse(source)):
            if node.kind == "link" and (message := inline.address_problem(node.text)):
                self.complain(line, message)


def numbered(source: str, first: int) -> Iterator[Line]:
    """Number lines as the file does."""
    for number, text in enumerate(source.split("\n"), first):
        yield Line(number, text.rstrip())
