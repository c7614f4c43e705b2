"""Markdown inside a paragraph: **strong**, *stress*, links, foreign words, glossary terms and references."""

import html
import re
from dataclasses import dataclass, field
from typing import Literal

# What stays a literal mark in the stored rich text and is resolved when a page is shown or printed.
REFERENCE = re.compile(r"\[\^([a-z0-9][a-z0-9-]*)\]")
LANGUAGE = re.compile(r"\[([^\[\]\\*]+)\]\{lang=([a-z]{2,3})\}")
TERM = re.compile(r"\[([^\[\]\\*]+)\]\{term=([a-z0-9]+(?:-[a-z0-9]+)*)\}")

_PLAIN = re.compile(r"[^\\\[*]+")  # no mark begins in it
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]\(([^\s()]+)\)")
_MANUAL_LINK = re.compile(r"manual:([a-z0-9]+(?:-[a-z0-9]+)*)(?:#([a-z0-9]+(?:-[a-z0-9]+)*))?")
_OPEN_ADDRESS = re.compile(r"(https?://|mailto:|tel:)\S+|#[a-z0-9-]+|/[a-z0-9/#_.-]*")
# Where the stored rich text points for a link to a page of the manual: an address that an editor's browser keeps.
_INTERNAL = re.compile(r"/manual/to/([a-z0-9-]+)/(?:#([a-z0-9-]+))?")
LINKED_KEY = re.compile(r"(?:/manual/to/|manual:)([a-z0-9]+(?:-[a-z0-9]+)*)")


@dataclass
class Node:
    """A run of text, or a mark around other runs."""

    kind: Literal["text", "strong", "stress", "link", "language", "term", "reference"]
    text: str = ""
    inside: list["Node"] = field(default_factory=list)


def parse(source: str) -> list[Node]:
    """Read one paragraph; a mark that is never closed is plain text."""
    return _merge(_parse(source))


def _parse(source: str) -> list[Node]:
    nodes: list[Node] = []
    at = 0
    while at < len(source):
        if plain := _PLAIN.match(source, at):
            nodes.append(Node("text", plain[0]))
            at = plain.end()
        elif escape := _ESCAPE.match(source, at):
            nodes.append(Node("text", escape[1]))
            at = escape.end()
        elif reference := REFERENCE.match(source, at):
            nodes.append(Node("reference", reference[1]))
            at = reference.end()
        elif word := LANGUAGE.match(source, at):
            nodes.append(Node("language", word[2], [Node("text", word[1])]))
            at = word.end()
        elif term := TERM.match(source, at):
            nodes.append(Node("term", term[2], [Node("text", term[1])]))
            at = term.end()
        elif link := _LINK.match(source, at):
            nodes.append(Node("link", link[2], _parse(link[1])))
            at = link.end()
        elif source[at] == "*" and (marked := _marked(source, at)):
            node, at = marked
            nodes.append(node)
        else:
            nodes.append(Node("text", source[at]))
            at += 1
    return nodes


def _marked(source: str, at: int) -> tuple[Node, int] | None:
    mark = "**" if source.startswith("**", at) else "*"
    start = at + len(mark)
    if source[start : start + 1] in {"", " ", "*"}:
        return None
    end = start
    while end < len(source):
        if source[end] == "\\":
            end += 2
        elif mark == "*" and source.startswith("**", end):
            close = source.find("**", end + 2)
            if close < 0:
                return None
            end = close + 2
        elif source.startswith(mark, end) and source[end - 1] != " ":
            kind: Literal["strong", "stress"] = "strong" if mark == "**" else "stress"
            return Node(kind, "", _parse(source[start:end])), end + len(mark)
        else:
            end += 1
    return None


def _merge(nodes: list[Node]) -> list[Node]:
    merged: list[Node] = []
    for node in nodes:
        node.inside = _merge(node.inside)
        if node.kind == "text" and merged and merged[-1].kind == "text":
            merged[-1].text += node.text
        else:
            merged.append(node)
    return merged


def write(nodes: list[Node]) -> str:
    """Write runs back as Markdown."""
    parts = []
    for node in nodes:
        inside = write(node.inside)
        match node.kind:
            case "text":
                parts.append(re.sub(r"([\\*\[\]])", r"\\\1", node.text))
            case "strong":
                parts.append(f"**{inside}**")
            case "stress":
                parts.append(f"*{inside}*")
            case "link":
                parts.append(f"[{inside}]({node.text})")
            case "language":
                parts.append(f"[{inside}]{{lang={node.text}}}")
            case "term":
                parts.append(f"[{inside}]{{term={node.text}}}")
            case "reference":
                parts.append(f"[^{node.text}]")
    return "".join(parts)


def to_html(nodes: list[Node]) -> str:
    """Write runs as the rich text that Wagtail stores; references, terms and foreign words stay literal marks."""
    parts = []
    for node in nodes:
        inside = to_html(node.inside)
        match node.kind:
            case "text":
                parts.append(html.escape(node.text, quote=False))
            case "strong":
                parts.append(f"<b>{inside}</b>")
            case "stress":
                parts.append(f"<i>{inside}</i>")
            case "link":
                parts.append(f'<a href="{html.escape(stored_address(node.text))}">{inside}</a>')
            case "language":
                parts.append(f"[{inside}]{{lang={node.text}}}")
            case "term":
                parts.append(f"[{inside}]{{term={node.text}}}")
            case "reference":
                parts.append(f"[^{node.text}]")
    return "".join(parts)


def plain(nodes: list[Node]) -> str:
    """Give the words alone."""
    return "".join(node.text if node.kind == "text" else plain(node.inside) for node in nodes)


def stored_address(address: str) -> str:
    """Turn manual:KEY#anchor into the address that is stored; every other address stays."""
    link = _MANUAL_LINK.fullmatch(address)
    if not link:
        return address
    return f"/manual/to/{link[1]}/" + (f"#{link[2]}" if link[2] else "")


def written_address(address: str) -> str:
    """Turn a stored address into the one that is written in files."""
    link = _INTERNAL.fullmatch(address)
    if not link:
        return address
    return f"manual:{link[1]}" + (f"#{link[2]}" if link[2] else "")


def internal_link(address: str) -> tuple[str, str] | None:
    """Give the key and the anchor of a stored or written link to a page of the manual."""
    link = _INTERNAL.fullmatch(address) or _MANUAL_LINK.fullmatch(address)
    return (link[1], link[2] or "") if link else None


def address_problem(address: str) -> str | None:
    """Say what is wrong with the address of a link."""
    if _MANUAL_LINK.fullmatch(address) or _OPEN_ADDRESS.fullmatch(address):
        return None
    return f"the link “{address}” is neither https://…, manual:KEY, manual:KEY#anchor, #anchor nor /address/here/"


def walk(nodes: list[Node]) -> list[Node]:
    """List every run, outer ones first."""
    return [found for node in nodes for found in (node, *walk(node.inside))]
