"""Paragraphs and lists: Markdown ⇄ the rich text that Wagtail stores."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Literal

from manual.text import inline

_LEADING = re.compile(r"(?=#|-(?: |$)|:::|\|)")
_LITERAL = re.compile("|".join(mark.pattern for mark in (inline.REFERENCE, inline.LANGUAGE, inline.TERM)))
_LEADING_NUMBER = re.compile(r"^(\d+)\.(?= |$)")


@dataclass
class Piece:
    """A paragraph, or a list of one level."""

    kind: Literal["p", "ul", "ol"]
    lines: list[str]


def escape_start(paragraph: str) -> str:
    """Keep a paragraph that happens to start like a list, heading or directive a paragraph."""
    if _LEADING.match(paragraph):
        return "\\" + paragraph
    return _LEADING_NUMBER.sub(r"\1\\.", paragraph)


def write(pieces: list[Piece]) -> str:
    """Write paragraphs and lists as Markdown, in the one way in which this project writes them."""
    blocks = []
    for piece in _joined(pieces):
        if piece.kind == "p":
            blocks.append(escape_start(piece.lines[0]))
        elif piece.kind == "ul":
            blocks.append("\n".join(f"- {line}" for line in piece.lines))
        else:
            blocks.append("\n".join(f"{number}. {line}" for number, line in enumerate(piece.lines, 1)))
    return "\n\n".join(blocks)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Make one list of neighbouring items and lists of one kind."""
    joined: list[Piece] = []
    for piece in pieces:
        if piece.kind != "p" and joined and joined[-1].kind == piece.kind:
            joined[-1] = Piece(piece.kind, joined[-1].lines + piece.lines)
        else:
            joined.append(piece)
    return joined


def pieces(markdown: str) -> list[Piece]:
    """Read canonical Markdown (as `write` writes it) back into paragraphs and lists."""
    found = []
    for block in filter(None, markdown.split("\n\n")):
        lines = block.split("\n")
        if lines[0].startswith("- "):
            found.append(Piece("ul", [line[2:] for line in lines]))
        elif re.match(r"\d+\. ", lines[0]):
            found.append(Piece("ol", [line.split(". ", 1)[1] for line in lines]))
        else:
            found.append(Piece("p", [" ".join(lines)]))
    return found


def to_html(markdown: str) -> str:
    """Turn canonical Markdown into stored rich text."""
    parts = []
    for piece in pieces(markdown):
        inner = [inline.to_html(inline.parse(line)) for line in piece.lines]
        if piece.kind == "p":
            parts.append(f"<p>{inner[0]}</p>")
        else:
            parts.append(f"<{piece.kind}>{''.join(f'<li>{line}</li>' for line in inner)}</{piece.kind}>")
    return "".join(parts)


class _RichText(HTMLParser):
    """Reads stored rich text; knows only what the editor may store."""

    _MARKS = {"b": "strong", "strong": "strong", "i": "stress", "em": "stress"}

    def __init__(self, page_addresses: Mapping[int, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.page_addresses = page_addresses
        self.pieces: list[Piece] = []
        self.lists: list[str] = []
        self.stack: list[inline.Node] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"p", "li", "ul", "ol"}:
            self._flush()
            if tag in {"ul", "ol"}:
                self.lists.append(tag)
            else:
                self.stack = [inline.Node("text")]
        elif not self.stack:
            return
        elif tag in self._MARKS:
            self._open(inline.Node(self._MARKS[tag]))
        elif tag == "a":
            self._open(inline.Node("link", self._address(dict(attrs))))
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"p", "li"}:
            self._flush()
        elif tag in {"ul", "ol"} and self.lists:
            self._flush()
            self.lists.pop()
        elif (tag in self._MARKS or tag == "a") and len(self.stack) > 1:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        if self.stack:
            self.stack[-1].inside.append(inline.Node("text", data))

    def _open(self, node: inline.Node) -> None:
        self.stack[-1].inside.append(node)
        self.stack.append(node)

    def _address(self, attributes: dict[str, str | None]) -> str:
        if attributes.get("linktype") == "page":
            return self.page_addresses.get(int(attributes.get("id") or 0), "")
        return inline.written_address(attributes.get("href") or "")

    def _flush(self) -> None:
        line = tidy(_with_marks(self.stack[0].inside)) if self.stack else ""
        self.stack = []
        if line:
            # A list inside a list becomes one list: the files know one level.
            self.pieces.append(Piece(self.lists[0] if self.lists else "p", [line]))


def _with_marks(nodes: list[inline.Node]) -> str:
    """Write runs as Markdown, leaving the literal marks of references, terms and foreign words as they are."""
    parts = []
    for node in nodes:
        inside = _with_marks(node.inside)
        if node.kind == "text":
            parts.append(_escape_around_marks(node.text))
        elif not inside.strip():
            parts.append(inside)
        elif node.kind == "link" and not node.text:
            parts.append(inside)  # a link to a page that is gone
        elif node.kind == "link":
            parts.append(inline.write([inline.Node("link", node.text)]).replace("[]", f"[{inside}]", 1))
        else:
            # The editor may mark the blank beside a word; Markdown wants marks to touch words.
            head, tail = inside[: len(inside) - len(inside.lstrip())], inside[len(inside.rstrip()) :]
            mark = "**" if node.kind == "strong" else "*"
            parts.append(f"{head}{mark}{inside.strip()}{mark}{tail}")
    return "".join(parts)


def _escape_around_marks(text: str) -> str:
    parts, at = [], 0
    for mark in _LITERAL.finditer(text):
        parts += [inline.write([inline.Node("text", text[at : mark.start()])]), mark[0]]
        at = mark.end()
    return "".join([*parts, inline.write([inline.Node("text", text[at:])])])


def tidy(line: str) -> str:
    """Make one line of words with one blank between them."""
    return re.sub(r"\s+", " ", line.replace("\x00", "")).strip()


def from_html(rich_text: str, page_addresses: Mapping[int, str] | None = None) -> str:
    """Turn stored rich text into canonical Markdown."""
    reader = _RichText(page_addresses or {})
    reader.feed(rich_text)
    reader.close()
    return write(reader.pieces)


def phrase_to_html(markdown: str) -> str:
    """Turn one line of Markdown into rich text without a paragraph around it."""
    return inline.to_html(inline.parse(markdown))


def plain(markdown: str) -> str:
    """Give the words of paragraphs and lists, one line each."""
    return "\n".join(inline.plain(inline.parse(line)) for piece in pieces(markdown) for line in piece.lines)


def plain_html(rich_text: str) -> str:
    """Give the words of stored rich text."""
    return plain(from_html(rich_text))
