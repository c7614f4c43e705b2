"""Reads the glossary: one entry for each term, with its word, definition and listed forms in every language."""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from manual.text.errors import Problem

GLOSSARY_FILE = "glossary.yaml"
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CEDILLA = re.compile("[şţŞŢ]")
_LONGEST = {"term": 120, "definition": 600}
_FIELDS = {"term", "definition", "forms"}


@dataclass(frozen=True)
class Wording:
    """A term in one language; its forms are the words by which a text may name it beside the term itself."""

    term: str
    definition: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Term:
    """One entry of the glossary, by language."""

    key: str
    words: dict[str, Wording] = field(default_factory=dict)


def read_glossary(source: str, path: str, languages: list[str]) -> tuple[list[Term], list[Problem]]:
    """Read the whole glossary and say all that is wrong with it."""
    try:
        root = yaml.compose(source, Loader=yaml.SafeLoader)
        said = yaml.safe_load(source) or []
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        return [], [Problem(path, mark.line + 1 if mark else 1, f"the glossary cannot be read: {error}".split("\n")[0])]
    if not isinstance(said, list):
        return [], [Problem(path, 1, "the glossary is a list of entries such as “- key: referral”")]
    lines = [node.start_mark.line + 1 for node in root.value] if root else []
    terms: list[Term] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for line, entry in zip(lines, said, strict=True):
        faults: list[str] = []
        term = _term(entry, languages, faults)
        if term and term.key in seen:
            faults.append(f"the term “{term.key}” is there twice")
        elif term:
            seen.add(term.key)
            terms.append(term)
        problems += [Problem(path, line, fault) for fault in faults]
    return terms, problems


def _term(entry: Any, languages: list[str], faults: list[str]) -> Term | None:
    if not isinstance(entry, dict) or not _KEY.fullmatch(str(entry.get("key", ""))):
        faults.append("an entry begins with “key:” in small letters, digits and hyphens")
        return None
    faults += [f"unknown field “{name}”" for name in entry if name != "key" and name not in languages]
    words = {language: _wording(entry["key"], language, entry.get(language), faults) for language in languages}
    return Term(entry["key"], {language: said for language, said in words.items() if said})


def _wording(key: str, language: str, said: Any, faults: list[str]) -> Wording | None:
    if not isinstance(said, dict):
        faults.append(f"{key}: there is nothing in {language}")
        return None
    faults += [f"{key}, {language}: unknown field “{name}”" for name in said if name not in _FIELDS]
    for name, longest in _LONGEST.items():
        value = said.get(name)
        if not isinstance(value, str) or not value.strip():
            faults.append(f"{key}, {language}: “{name}” must be text")
            return None
        if len(value) > longest:
            faults.append(f"{key}, {language}: “{name}” is longer than {longest} characters")
        if _CEDILLA.search(value):
            faults.append(f"{key}, {language}: ş or ţ with a cedilla; Romanian is written with ș and ț")
    forms = said.get("forms") or []
    if not isinstance(forms, list) or not all(isinstance(form, str) and form.strip() for form in forms):
        faults.append(f"{key}, {language}: “forms” is a list of words such as [referrals]")
        forms = []
    return Wording(said["term"].strip(), said["definition"].strip(), tuple(form.strip() for form in forms))
