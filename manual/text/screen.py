"""Writes a chapter's words for the screen: sources and links become addresses, terms open their entries."""

import html
import re
from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any

from manual.text import inline, prose

_CHOSEN = re.compile(r'linktype="page"[^>]*? id="(\d+)"|id="(\d+)"[^>]*? linktype="page"')


class Screen:
    """One text on the screen: knows the numbers of its sources and the addresses of what it links to."""

    def __init__(
        self,
        *,
        sources: Mapping[str, int] | None = None,
        addresses: Mapping[str, str] | None = None,
        page_addresses: Mapping[int, str] | None = None,
        terms: Container[str] = (),
        source_label: Callable[[int], str] = str,
    ) -> None:
        self.sources = sources or {}
        self._addresses = addresses or {}
        self._page_addresses = page_addresses or {}
        self._terms = terms
        self._source_label = source_label
        self.opened: list[str] = []  # the terms that the text has named so far, in their order

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
        return "".join(map(self._written, inline.parse(markdown)))

    def _written(self, node: inline.Node) -> str:
        inside = "".join(map(self._written, node.inside))
        match node.kind:
            case "strong":
                return f"<strong>{inside}</strong>"
            case "stress":
                return f"<em>{inside}</em>"
            case "language":
                return f'<span lang="{node.text}">{inside}</span>'
            case "term":
                return self._term(node.text, inside)
            case "link":
                return f'<a href="{html.escape(self._address(node.text))}">{inside}</a>'
            case "reference":
                number = self.sources.get(node.text)
                if number is None:
                    return ""
                label = html.escape(self._source_label(number))
                return f'<a class="cite" href="#source-{node.text}" aria-label="{label}">[{number}]</a>'
        return html.escape(node.text)

    def _term(self, key: str, words: str) -> str:
        """Let the first mention of a term open its entry; a term that the glossary lost is plain words."""
        if key not in self._terms or key in self.opened:
            return words
        self.opened.append(key)
        return f'<button class="term" type="button" popovertarget="term-{key}">{words}</button>'

    def _address(self, address: str) -> str:
        link = inline.internal_link(address)
        if not link:
            return address
        found = self._addresses.get(link[0]) or inline.stored_address(f"manual:{link[0]}")
        return f"{found}#{link[1]}" if link[1] else found


def source_numbers(blocks: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Number the sources of a text in the order in which it first names them; those it never names come last."""
    blocks = list(blocks)
    named = [mark for block in blocks for mark in inline.REFERENCE.findall(str(block["value"]))]
    listed = [
        item["value"]["id"] for block in blocks if block["type"] == "references" for item in block["value"]["items"]
    ]
    order = sorted(listed, key=lambda mark: named.index(mark) if mark in named else len(named))
    return {mark: number for number, mark in enumerate(order, 1)}


def term_keys(blocks: Iterable[Mapping[str, Any]]) -> list[str]:
    """Give the keys of the glossary terms that a stored text marks, in the order of their first mention."""
    return list(dict.fromkeys(key for block in blocks for _words, key in inline.TERM.findall(str(block["value"]))))


def linked_keys(blocks: Iterable[Mapping[str, Any]]) -> set[str]:
    """Give the keys of the pages that a stored text links to."""
    return {link for block in blocks for link in inline.LINKED_KEY.findall(str(block["value"]))}


def linked_pages(blocks: Iterable[Mapping[str, Any]]) -> set[int]:
    """Give the ids of the pages that an editor has linked with the page chooser."""
    return {int(one or other) for block in blocks for one, other in _CHOSEN.findall(str(block["value"]))}
