"""Checks a content folder against its own rules; the loader refuses broken files, this refuses poor ones."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from manual.services.folder import Source
from manual.text import Problem
from manual.text.glossary import Term
from manual.text.rules import Ban, Fault, Rules, SourceRecord, differences, faults_of

SOURCES_FILE = "sources.yaml"
WORDING_FILE = "wording.yaml"
BLUEPRINT_FILE = "blueprint.yaml"
_RECORD = {"id", "kind", "title", "url", "read", "review_due"}


def read_rules(folder: Path, terms: Iterable[Term]) -> tuple[Rules | None, list[Problem]]:
    """Read the folder `rules/`; a content folder without one has no rules to keep."""
    home = folder / "rules"
    if not (home / SOURCES_FILE).is_file():
        return None, []
    problems: list[Problem] = []
    sources = _records(_said(home / SOURCES_FILE, problems), problems)
    bans = _bans(_said(home / WORDING_FILE, problems), problems)
    blueprint = _said(home / BLUEPRINT_FILE, problems) or {}
    return Rules(sources, bans, {term.key: term for term in terms}, blueprint), problems


def check_texts(*, sources: Sequence[Source], rules: Rules, source_language: str, today: date) -> list[Problem]:
    """Say everything that is wrong with the texts by the rules, and between the languages."""
    originals = {source.key: source for source in sources if source.language == source_language}
    problems = []
    for source in sources:
        faults = faults_of(source.text, source.language, rules, today)
        original = originals.get(source.key)
        if original is None and source.text.kind != "manual":
            faults.append(Fault(f"there is no such text in {source_language}"))
        elif original and original is not source:
            faults += differences(original.text, source.text)
        whole = source.path.read_text() if faults else ""
        problems += [Problem(source.name, line_of(whole, fault.near), fault.message) for fault in faults]
    return sorted(problems)


def line_of(whole: str, near: str) -> int:
    """Find the line on which some words begin; marks may stand between them, so the first words decide."""
    at = whole.find(near) if near else 0
    if at < 0:
        at = max(whole.casefold().find(near.casefold()), 0)
    return whole[:at].count("\n") + 1


def _said(path: Path, problems: list[Problem]) -> Any:
    try:
        return yaml.safe_load(path.read_text()) if path.is_file() else None
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        problems.append(Problem(f"rules/{path.name}", mark.line + 1 if mark else 1, "this file cannot be read as YAML"))
        return None


def _records(said: Any, problems: list[Problem]) -> dict[str, SourceRecord]:
    records: dict[str, SourceRecord] = {}
    for number, entry in enumerate(said if isinstance(said, list) else [], 1):
        good = (
            isinstance(entry, dict)
            and set(entry) <= _RECORD
            and all(isinstance(entry.get(name), str) for name in ("id", "title"))
            and type(entry.get("review_due")) is date
            and type(entry.get("read")) in {date, type(None)}
        )
        if not good:
            message = f"source {number} needs id, title and review_due, and may have kind, url and read"
            problems.append(Problem(f"rules/{SOURCES_FILE}", 1, message))
        elif entry["id"] in records:
            problems.append(Problem(f"rules/{SOURCES_FILE}", 1, f"the source “{entry['id']}” is there twice"))
        else:
            records[entry["id"]] = SourceRecord(
                entry["id"], entry["title"], entry["review_due"], entry.get("read"), entry.get("url", "")
            )
    return records


def _bans(said: Any, problems: list[Problem]) -> dict[str, tuple[Ban, ...]]:
    bans: dict[str, tuple[Ban, ...]] = {}
    for language, entries in (said or {}).get("never", {}).items():
        found = []
        for entry in entries:
            try:
                pattern = re.compile(entry["pattern"], re.IGNORECASE)
            except (re.error, KeyError, TypeError) as error:
                problems.append(
                    Problem(f"rules/{WORDING_FILE}", 1, f"a pattern of “{language}” cannot be read: {error}")
                )
            else:
                found.append(Ban(pattern, entry.get("why", ""), tuple(entry.get("except", ()))))
        bans[language] = tuple(found)
    return bans
