"""Reads and writes the body of a scenario's file: an introduction, steps with their choices, a debriefing."""

import re
from typing import Any

from manual.text import inline
from manual.text.errors import Problem
from manual.text.prose import Piece
from manual.text.prose import write as write_prose
from manual.text.reader import Block, Line, Reader
from manual.text.scenario import DEBRIEFING, LONGEST_ANCHOR, faults, shape_of
from manual.text.spec import directive_name
from manual.text.writer import write_body

INTRODUCTION = ("text", "content_note", "pause")
CLOSING = ("text", "say", "key_point", "key_points", "reflection")
_DASH = " — "
_HEAD = re.compile(r"##(\s|$)")
_CHOICE = re.compile(r"\[([^\[\]\s]*)\]\s+(.+)")
_WRITTEN = "a choice is written as “- [step-id] What you do — What follows”; the part from the dash on may be left out"

Part = tuple[Line | None, list[Line]]


def read_scenario(path: str, lines: list[Line]) -> tuple[list[Block], list[Problem]]:
    """Read the body of a scenario into typed blocks, with everything that is wrong with it."""
    return _File(path).read(lines)


def parts_of(blocks: list[Block]) -> tuple[list[Block], list[Block], list[Block]]:
    """Part the blocks of a scenario into introduction, steps and debriefing."""
    places = [at for at, block in enumerate(blocks) if block["type"] == "step"]
    first, after = (places[0], places[-1] + 1) if places else (len(blocks), len(blocks))
    return blocks[:first], blocks[first:after], blocks[after:]


def write_scenario(blocks: list[Block]) -> str:
    """Write the body of a scenario, in the one way in which this project writes it."""
    introduction, steps, closing = parts_of(blocks)
    said = [write_body(introduction), *(_step(block["value"]) for block in steps)]
    said += [f"## Debriefing {{#{DEBRIEFING}}}\n", write_body(closing)]
    return "\n".join(filter(None, said))


def _step(value: dict[str, Any]) -> str:
    choices = "\n".join(
        f"- [{choice['target']}] {choice['text']}"
        + (f"{_DASH}{choice['consequence']}" if choice["consequence"] else "")
        for choice in value["choices"]
    )
    said = [f"## {value['title']} {{#{value['anchor']}}}", value["text"], choices]
    return "\n\n".join(filter(None, said)) + "\n"


class _File:
    """One body while it is read; `problems` fills up, `heads` and `choices` know the lines of what the rules judge."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.heads: list[int] = []
        self.choices: list[list[int]] = []

    def complain(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.path, line, message))

    def read(self, lines: list[Line]) -> tuple[list[Block], list[Problem]]:
        (_none, before), *parts = _split(lines)
        introduction = self._around(before, INTRODUCTION, "an introduction")
        steps, closing = [], None
        for head, inside in parts:
            heading = self._heading(head)
            if closing is not None:
                self.complain(head.number, "the debriefing comes last, and only once")
            elif heading["anchor"] == DEBRIEFING:
                closing = self._closing(head, heading["text"], inside)
            else:
                steps.append({"type": "step", "value": self._step(head, heading, inside)})
        if closing is None:
            last = lines[-1].number if lines else 1
            self.complain(last, f"a scenario ends with ## Debriefing {{#{DEBRIEFING}}}")
        shape = shape_of(steps)
        if all(target for step in shape for target in step.targets):  # else a choice could not be read
            for fault in faults(shape):
                self.complain(self._line_of(fault.step, fault.choice), fault.message)
        return [*introduction, *steps, *(closing or [])], self.problems

    def _line_of(self, step: int | None, choice: int | None) -> int:
        if step is None:
            return 1
        return self.heads[step] if choice is None else self.choices[step][choice]

    def _reader(self, lines: list[Line]) -> Reader:
        reader = Reader(self.path, lines)
        reader.problems = self.problems
        return reader

    def _around(self, lines: list[Line], allowed: tuple[str, ...], what: str) -> list[Block]:
        blocks = self._reader(lines).blocks()
        first = next((line.number for line in lines if line.text), 1)
        for kind in dict.fromkeys(block["type"] for block in blocks if block["type"] not in allowed):
            names = ", ".join(f"::: {directive_name(name)}" for name in allowed[1:])
            self.complain(first, f"“{directive_name(kind)}” has no place in {what}; paragraphs, lists and {names} have")
        return [block for block in blocks if block["type"] in allowed]

    def _heading(self, head: Line) -> dict[str, Any]:
        value = self._reader([head]).blocks()[0]["value"]
        if len(value["anchor"]) > LONGEST_ANCHOR:
            self.complain(head.number, f"“{value['anchor']}” is longer than {LONGEST_ANCHOR} signs")
        return value

    def _closing(self, head: Line, words: str, lines: list[Line]) -> list[Block]:
        if words != "Debriefing":
            self.complain(head.number, f"write ## Debriefing {{#{DEBRIEFING}}} in every language")
        blocks = self._around(lines, CLOSING, "a debriefing")
        if not blocks:
            self.complain(head.number, "the debriefing says nothing")
        return blocks

    def _step(self, head: Line, heading: dict[str, Any], lines: list[Line]) -> dict[str, Any]:
        self.heads.append(head.number)
        self.choices.append([])
        for line in lines:
            if line.text.startswith((":::", "#")):
                self.complain(line.number, "in a step stand paragraphs, lists 1. 2. 3. and choices, nothing else")
        reader = self._reader([line for line in lines if not line.text.startswith((":::", "#"))])
        text: list[Piece] = []
        choices: list[dict[str, str]] = []
        for line, piece in [(head, Piece("p", [heading["text"]])), *reader.pieces(reader.lines)]:
            if any(node.kind == "link" for node in inline.walk(inline.parse(piece.lines[0]))):
                self.complain(line.number, "no link stands in a step; put it into the debriefing")
            if line is head:
                continue
            if piece.kind == "ul":
                choices.append(self._choice(reader, line, piece.lines[0]))
                self.choices[-1].append(line.number)
            elif choices:
                self.complain(line.number, "choices come last in a step; this stands after them")
            else:
                text.append(Piece(piece.kind, [reader.phrase(piece.lines[0])]))
        if not text:
            self.complain(head.number, "this step has no text")
        return {
            "title": heading["text"],
            "anchor": heading["anchor"],
            "text": write_prose(text),
            "choices": choices,
        }

    def _choice(self, reader: Reader, line: Line, said: str) -> dict[str, str]:
        found = _CHOICE.fullmatch(said)
        text, _dash, consequence = found[2].partition(_DASH) if found else ("", "", "")
        if not text.strip() or text.rstrip().endswith("—"):
            self.complain(line.number, _WRITTEN)
        return {
            "text": reader.phrase(text),
            "target": found[1] if found else "",
            "consequence": reader.phrase(consequence),
        }


def _split(lines: list[Line]) -> list[Part]:
    """Part the lines at the headings of steps."""
    parts: list[Part] = [(None, [])]
    for line in lines:
        if _HEAD.match(line.text):
            parts.append((line, []))
        else:
            parts[-1][1].append(line)
    return parts
