"""One text file: its front matter and its blocks, read, checked and written back."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from manual.text import front, inline
from manual.text.errors import BrokenTextError, Problem
from manual.text.reader import Block, Reader, numbered
from manual.text.scenario_file import read_scenario, write_scenario
from manual.text.writer import write_body

LARGEST = 1_000_000  # characters; a chapter has about 15,000
_FRONT = re.compile(r"---\n(.*?\n)---(?:\n|$)", re.DOTALL)
_CEDILLA = str.maketrans(dict.fromkeys("şţŞŢ", ""))


@dataclass
class Text:
    """What one file says."""

    path: str
    kind: str
    meta: dict[str, Any]
    blocks: list[Block] = field(default_factory=list)

    def anchors(self) -> list[str]:
        return [block["value"]["anchor"] for block in self.blocks if block["type"] == "heading"]

    def reference_ids(self) -> list[str]:
        found = (block for block in self.blocks if block["type"] == "references")
        return [item["id"] for block in found for item in block["value"]["items"]]


def read_text(source: str, *, kind: str, path: str) -> Text:
    """Read one file, or raise BrokenTextError with all that is wrong."""
    source = source.removeprefix("\ufeff").replace("\r\n", "\n")
    problems = _letters(source, path)
    if len(source) > LARGEST:
        problems.append(Problem(path, 1, f"this file is longer than {LARGEST} characters"))
    head = _FRONT.match(source)
    if not head:
        problems.append(Problem(path, 1, "a file begins with front matter between two lines of ---"))
    if not head or len(source) > LARGEST:
        raise BrokenTextError(problems)
    meta, found = front.read(head[1], kind, path)
    lines = list(numbered(source[head.end() :], source[: head.end()].count("\n") + 1))
    if kind == "scenario":
        blocks, wrong = read_scenario(path, lines)
    else:
        reader = Reader(path, lines)
        blocks, wrong = reader.blocks(), reader.problems
    text = Text(path, kind, meta, blocks)
    problems += found + wrong + _loose_ends(text, source)
    if problems:
        raise BrokenTextError(problems)
    return text


def write_text(text: Text) -> str:
    """Write one file; reading it gives the same text again."""
    body = write_scenario(text.blocks) if text.kind == "scenario" else write_body(text.blocks)
    return f"---\n{front.write(text.meta, text.kind)}---\n{body}"


def _letters(source: str, path: str) -> list[Problem]:
    problems = []
    for number, line in enumerate(source.split("\n"), 1):
        if line.translate(_CEDILLA) != line:
            problems.append(Problem(path, number, "ş or ţ with a cedilla; Romanian is written with a comma below: ș ț"))
        if any(unicodedata.category(sign) == "Cc" and sign != "\t" for sign in line):
            problems.append(Problem(path, number, "a control character stands in this line"))
    return problems


def _loose_ends(text: Text, source: str) -> list[Problem]:
    """Find anchors and references that are there twice, and references that are missing."""
    problems = []
    for names, message in (
        (text.anchors(), "the anchor “{}” is there twice"),
        (text.reference_ids(), "the reference “{}” is there twice"),
    ):
        for name in sorted({name for name in names if names.count(name) > 1}):
            mark = f"{{#{name}}}" if "anchor" in message else f"- {name}:"
            problems.append(Problem(text.path, _last_line(source, mark), message.format(name)))
    known = set(text.reference_ids())
    for number, line in enumerate(source.split("\n"), 1):
        for reference in inline.REFERENCE.findall(line):
            if reference not in known:
                problems.append(
                    Problem(text.path, number, f"“[^{reference}]” is not among the references of this file")
                )
    return problems


def _last_line(source: str, mark: str) -> int:
    return source[: max(source.rfind(mark), 0)].count("\n") + 1
