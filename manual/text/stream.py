"""Typed blocks ⇄ the JSON that Wagtail stores, keeping the id of every block for life."""

import json
from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Any
from uuid import uuid5

from manual.text import prose
from manual.text.keys import NAMESPACE
from manual.text.spec import TYPES

Block = dict[str, Any]

# A scenario is made of steps beside some blocks of chapters.
_KINDS = (*TYPES, "step")

# The parts that are stored as rich text; every other part is stored as it is written.
RICH = {
    "law": ("text",),
    "practice": ("text",),
    "case": ("story", "task", "discussion"),
    "reflection": ("help",),
    "content_note": ("text",),
    "pause": ("text",),
    "step": ("text",),
}


def to_stream(
    blocks: list[Block],
    *,
    key: str,
    old: Iterable[Block] = (),
    image_id: Callable[[str], int | None] = lambda name: None,
) -> list[Block]:
    """Turn typed blocks into what Wagtail stores; a block that was there before keeps its id."""
    stored = [{"type": block["type"], "value": _stored(block, image_id)} for block in blocks]
    for block, identity in zip(stored, _ids(stored, list(old), key), strict=True):
        block["id"] = identity
        _name_items(block["value"], identity)
    return stored


def _stored(block: Block, image_id: Callable[[str], int | None]) -> Any:
    value = block["value"]
    match block["type"]:
        case "text":
            return prose.to_html(value)
        case "heading":
            return {**value, "level": str(value["level"])}
        case "table":
            head, *rows = value["rows"]
            return {
                "columns": [{"type": "text", "heading": cell} for cell in head],
                "rows": [{"values": row} for row in rows],
                "caption": value["caption"],
            }
        case "figure":
            return {**value, "image": image_id(value["image"])}
    value = {part: prose.to_html(said) if part in RICH.get(block["type"], ()) else said for part, said in value.items()}
    if block["type"] == "law":
        value["columns"] = [{**column, "text": prose.to_html(column["text"])} for column in value["columns"]]
        value["review_due"] = value["review_due"] or None
    return {part: _listed(said) for part, said in value.items()}


def _listed(said: Any) -> Any:
    return [{"type": "item", "value": item} for item in said] if isinstance(said, list) else said


def _name_items(value: Any, identity: str) -> None:
    if not isinstance(value, dict):
        return
    for part, said in value.items():
        if isinstance(said, list) and all(isinstance(item, dict) and item.get("type") == "item" for item in said):
            for number, item in enumerate(said):
                item["id"] = str(uuid5(NAMESPACE, f"{identity}/{part}/{number}"))


def _ids(new: list[Block], old: list[Block], key: str) -> list[str]:
    """Name new blocks: unchanged ones and changed ones of the same kind in the same place keep their names."""
    names: list[str | None] = [None] * len(new)
    matcher = SequenceMatcher(None, [_print(block) for block in old], [_print(block) for block in new], autojunk=False)
    for deed, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        left = list(range(old_start, old_end))
        for at in range(new_start, new_end):
            same = (
                next((n for n in left if old[n]["type"] == new[at]["type"]), None)
                if deed in {"equal", "replace"}
                else None
            )
            if same is not None:
                names[at] = old[same].get("id")
                left.remove(same)
    taken = {block.get("id") for block in old}
    for at, block in enumerate(new):
        number = 0
        while names[at] is None:
            name = str(uuid5(NAMESPACE, f"{key}/{block['type']}/{number}"))
            if name not in taken:
                names[at] = name
                taken.add(name)
            number += 1
    return [name for name in names if name]


def _print(block: Block) -> tuple[str, str]:
    value = block["value"]
    if block["type"] in {"heading", "step"}:  # their anchor is their name
        return block["type"], value.get("anchor", "")
    return block["type"], sha256(json.dumps(_without_ids(value), sort_keys=True).encode()).hexdigest()


def digests(stored: Iterable[Block]) -> dict[str, str]:
    """Name what each block says, by the ids of the blocks."""
    return {
        block["id"]: sha256(json.dumps(_without_ids(block["value"]), sort_keys=True).encode()).hexdigest()
        for block in stored
        if block.get("id")
    }


def made_from(
    new: Iterable[Block], source: Iterable[Block], *, old: Iterable[Block] = (), known: Mapping[str, Any] | None = None
) -> dict[str, list[str]]:
    """Say of each translated block which source block it says, and what that said: `{id: [source id, digest]}`.

    Blocks go together as they stand, kind by kind. A block whose words have not changed since `old` is no new
    translation: what is `known` of it stays, so that mending one paragraph calls no other one checked.
    """
    known, before, now = known or {}, digests(old), digests(source)
    new = list(new)
    after = digests(new)
    waiting: dict[str, list[str]] = {}
    for block in source:
        waiting.setdefault(block["type"], []).append(block["id"])
    said: dict[str, list[str]] = {}
    for block in new:
        theirs = waiting.get(block["type"], [])
        origin = theirs.pop(0) if theirs else None
        if block["id"] in known and before.get(block["id"]) == after[block["id"]]:
            said[block["id"]] = known[block["id"]]
        elif origin:
            said[block["id"]] = [origin, now[origin]]
    return said


def _without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get("type") == "item":
            return _without_ids(value["value"])
        return {part: _without_ids(said) for part, said in value.items()}
    return [_without_ids(item) for item in value] if isinstance(value, list) else value


def from_stream(
    stored: Iterable[Block],
    *,
    page_addresses: Mapping[int, str] | None = None,
    image_name: Callable[[int | None], str] = lambda number: "",
) -> list[Block]:
    """Turn what Wagtail stores into typed blocks; neighbouring texts become one, as in a file."""
    blocks: list[Block] = []
    for block in stored:
        if block["type"] not in _KINDS:
            continue
        value = _typed(block["type"], _without_ids(block["value"]), page_addresses or {}, image_name)
        if block["type"] == "text":
            if not value:
                continue
            if blocks and blocks[-1]["type"] == "text":
                joined = prose.pieces(blocks[-1]["value"]) + prose.pieces(value)
                blocks[-1]["value"] = prose.write(joined)
                continue
        blocks.append({"type": block["type"], "value": value})
    return blocks


def _typed(kind: str, value: Any, page_addresses: Mapping[int, str], image_name: Callable[[int | None], str]) -> Any:
    match kind:
        case "text":
            return prose.from_html(value or "", page_addresses)
        case "heading":
            return {"text": prose.tidy(value["text"]), "anchor": value["anchor"], "level": int(value["level"])}
        case "table":
            rows = [[prose.tidy(cell) for cell in row["values"]] for row in value["rows"]]
            return {
                "caption": prose.tidy(value.get("caption") or ""),
                "rows": [[prose.tidy(column["heading"]) for column in value["columns"]], *rows],
            }
        case "figure":
            return {**_plain(value), "image": image_name(value.get("image"))}
    rich = RICH.get(kind, ())
    typed = {
        part: prose.from_html(said or "", page_addresses) if part in rich else _plain(said)
        for part, said in value.items()
    }
    if kind == "law":
        typed["columns"] = [
            {"title": prose.tidy(column["title"]), "text": prose.from_html(column["text"], page_addresses)}
            for column in value["columns"]
        ]
    return typed


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {part: _plain(said) for part, said in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if value is None:
        return ""
    return prose.tidy(value) if isinstance(value, str) else value
