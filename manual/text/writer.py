"""Writes typed blocks as the body of a text file, in the one way in which this project writes them."""

import re
from typing import Any

from manual.text.prose import escape_start
from manual.text.spec import DIRECTIVES, block_type, directive_name


def write_body(blocks: list[dict[str, Any]]) -> str:
    """Write typed blocks as Markdown with directives."""
    return "\n\n".join(filter(None, map(_block, blocks))) + "\n" if blocks else ""


def _block(block: dict[str, Any]) -> str:
    value = block["value"]
    if block["type"] == "text":
        return value
    if block["type"] == "heading":
        return f"{'#' * value['level']} {value['text']} {{#{value['anchor']}}}"
    name = directive_name(block["type"])
    said = [
        f'{attribute}="{_quoted(value[block_type(attribute)])}"'
        for attribute in DIRECTIVES[name].attributes
        if value.get(block_type(attribute))
    ]
    head = f"::: {name}" + (f" {{{' '.join(said)}}}" if said else "")
    return "\n".join(part for part in (head, _content(name, value), ":::") if part)


def _quoted(value: str) -> str:
    return re.sub(r'(["\\])', r"\\\1", value)


def _cell(cell: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", cell)


def _items(items: list[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _content(name: str, value: dict[str, Any]) -> str:
    match DIRECTIVES[name].form:
        case "law":
            columns = [f"### {column['title']}\n{column['text']}" for column in value["columns"]]
            return "\n\n".join(filter(None, [value["text"], *columns]))
        case "method":
            steps = "\n".join(f"{number}. {step}" for number, step in enumerate(value["steps"], 1))
            return "\n\n".join(filter(None, [escape_start(value["intro"]), steps]))
        case "question":
            return "\n\n".join(filter(None, [escape_start(value["question"]), value["help"]]))
        case "self-check":
            options = [f"[{'x' if o['right'] else ' '}] {o['text']} — {o['feedback']}" for o in value["options"]]
            return f"{escape_start(value['question'])}\n\n{_items(options)}"
        case "references":
            return _items([f"{item['id']}: {item['text']}" for item in value["items"]])
        case "table":
            rows = [f"| {' | '.join(map(_cell, row))} |" for row in value["rows"]]
            return "\n".join([rows[0], f"|{' --- |' * len(value['rows'][0])}", *rows[1:]])
        case "phrase":
            return escape_start(value["text"])
        case "nothing":
            return ""
    spec = DIRECTIVES[name]
    parts = [_items(value[spec.part]) if spec.form == "items" else value[spec.part]]
    for title, (part, form) in spec.splits.items():
        if value[part]:
            parts.append(f"### {title}\n" + (_items(value[part]) if form == "items" else value[part]))
    return "\n\n".join(parts)
