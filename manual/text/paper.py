"""Writes a chapter's words for paper: sources and addresses become footnotes, links to chapters name their number."""

import html
import re
from collections.abc import Mapping

from manual.text import inline, prose

_LAST_WORD = re.compile(r"[^\s<>]+$")
_WEB = ("http://", "https://")


class Paper:
    """One printed document; footnotes are counted from its first page to its last."""

    def __init__(
        self,
        *,
        numbers: Mapping[str, str] | None = None,
        addresses: Mapping[str, str] | None = None,
        page_addresses: Mapping[int, str] | None = None,
    ) -> None:
        self._numbers = numbers or {}
        self._addresses = addresses or {}
        self._page_addresses = page_addresses or {}
        self._references: Mapping[str, str] = {}
        self._noted: dict[str, int] = {}
        self.notes = 0

    def begin_text(self, references: Mapping[str, str]) -> None:
        """Begin another chapter with its own sources."""
        self._references = references
        self._noted = {}

    def prose(self, rich_text: str) -> str:
        """Write stored rich text: paragraphs and lists."""
        parts = []
        for piece in prose.pieces(prose.from_html(rich_text, self._page_addresses)):
            lines = [self.phrase(line) for line in piece.lines]
            if piece.kind == "p":
                parts.append(f"<p>{lines[0]}</p>")
            else:
                parts.append(f"<{piece.kind}>{''.join(f'<li>{line}</li>' for line in lines)}</{piece.kind}>")
        return "".join(parts)

    def phrase(self, markdown: str) -> str:
        """Write one line."""
        return self._written(inline.parse(markdown), words=markdown)

    def _written(self, nodes: list[inline.Node], *, words: str) -> str:
        written = ""
        for position, node in enumerate(nodes):
            if position and node.kind == nodes[position - 1].kind == "reference":
                written += '<span class="again">,</span>'
            inside = self._written(node.inside, words=words) if node.inside else ""
            match node.kind:
                case "text":
                    written += html.escape(node.text)
                case "term":
                    written += inside  # its entry stands under "Words in this chapter"
                case "strong":
                    written += f"<b>{inside}</b>"
                case "stress":
                    written += f"<em>{inside}</em>"
                case "language":
                    written += f'<span lang="{node.text}">{inside}</span>'
                case "reference":
                    written = self._noted_source(written, node.text)
                case "link":
                    written = self._linked(written + inside, inside, node.text, words)
        return written

    def _noted_source(self, written: str, mark: str) -> str:
        if mark in self._noted:
            return f'{written}<span class="again">{self._noted[mark]}</span>'
        if mark not in self._references:
            return written
        note = self._footnote(inline.parse(self._references[mark]))
        self._noted[mark] = self.notes
        return _held(written, note)

    def _linked(self, written: str, inside: str, address: str, words: str) -> str:
        if internal := inline.internal_link(address):
            number = self._numbers.get(internal[0], "")
            return f"{written} ({number})" if number and number not in words else written
        if not address.startswith(_WEB):
            return written
        before = written[: len(written) - len(inside)]
        return _held(
            f"{before}{inside}", self._footnote([inline.Node("link", address, [inline.Node("text", address)])])
        )

    def _footnote(self, nodes: list[inline.Node]) -> str:
        self.notes += 1
        return f'<span class="footnote">{"".join(_note_part(node) for node in nodes)}</span>'


def _note_part(node: inline.Node) -> str:
    inside = "".join(_note_part(child) for child in node.inside)
    match node.kind:
        case "term":
            return inside
        case "strong":
            return f"<b>{inside}</b>"
        case "stress":
            return f"<em>{inside}</em>"
        case "language":
            return f'<span lang="{node.text}">{inside}</span>'
        case "link" if node.text.startswith(_WEB):
            # On paper an address must be readable: it stands in full, and the name of its site before it says nothing.
            address = node.text.split("://", 1)[1].removeprefix("www.").rstrip("/")
            name = inline.plain(node.inside).removeprefix("www.")
            words = "" if address.startswith(name) or name.startswith(_WEB) else f"{inside}, "
            return f'{words}<a href="{html.escape(node.text)}">{html.escape(address)}</a>'
        case "link":
            return inside
        case "reference":
            return ""
    return html.escape(node.text)


def _held(written: str, note: str) -> str:
    """Hold the last word and the number of its note together: a number must not begin a line."""
    word = _LAST_WORD.search(written)
    if not word:
        return written + note
    return f'{written[: word.start()]}<span class="held">{word[0]}{note}</span>'
