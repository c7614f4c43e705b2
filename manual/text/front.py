"""The front matter of a text file: what it may say and whether it says it well."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import yaml

from manual.text.errors import Problem

LONGEST = 20_000
REVIEWS = ("none", "lawyer", "clinician", "practitioner")
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Check = Callable[[Any], str | None]


def _line(longest: int) -> Check:
    def check(value: Any) -> str | None:
        if not isinstance(value, str) or not value.strip():
            return "must be text"
        return f"is longer than {longest} characters" if len(value) > longest else None

    return check


def _key(value: Any) -> str | None:
    good = isinstance(value, str) and _KEY.fullmatch(value) and len(value) <= 60
    return None if good else "must be small letters, digits and single hyphens"


def _number(value: Any) -> str | None:
    good = isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10_000
    return None if good else "must be a whole number"


def _label(value: Any) -> str | None:
    return None if isinstance(value, str) and 0 < len(value) <= 10 else 'must be a short text in quotes, such as "1.1"'


def _date(value: Any) -> str | None:
    # YAML reads 2026-11-23 as a date and anything else as text: a datetime is a date too, so ask for the type itself.
    return None if type(value) is date else "must be a date such as 2026-11-23"


def _words(value: Any) -> str | None:
    good = isinstance(value, list) and all(isinstance(word, str) and word.strip() for word in value)
    return None if good else "must be a list such as [first, second]"


def _review(value: Any) -> str | None:
    return None if value in REVIEWS else f"must be one of {', '.join(REVIEWS)}"


_CHECKED: dict[str, Check] = {"reviewed": _date, "review_due": _date, "review": _review}
_NAMED: dict[str, Check] = {"title": _line(255), "slug": _key}
FIELDS: dict[str, dict[str, Check]] = {
    "manual": {"key": _key, **_NAMED, "standfirst": _line(400), "summary": _line(400)},
    "module": {
        "key": _key,
        "number": _number,
        **_NAMED,
        "summary": _line(400),
        "minutes": _number,
        "needs": _words,
        **_CHECKED,
    },
    "chapter": {
        "key": _key,
        "number": _label,
        **_NAMED,
        "standfirst": _line(400),
        "minutes": _number,
        "tags": _words,
        **_CHECKED,
    },
    "scenario": {
        "key": _key,
        **_NAMED,
        "standfirst": _line(400),
        "minutes": _number,
        "module": _key,
        **_CHECKED,
    },
}
OPTIONAL = {"summary", "needs", "tags", "review_due"}


def read(source: str, kind: str, path: str) -> tuple[dict[str, Any], list[Problem]]:
    """Read the lines between the two `---` lines; the first of them is line 2 of the file."""
    if len(source) > LONGEST:
        return {}, [Problem(path, 2, "the front matter is too long")]
    try:
        said = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError) as error:  # ValueError: 2026-13-45 looks like a date and is none
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error)
        return {}, [
            Problem(path, mark.line + 2 if mark else _date_line(source), f"the front matter cannot be read: {what}")
        ]
    if not isinstance(said, dict):
        return {}, [Problem(path, 2, "the front matter must be lines such as “key: m01-1”")]
    return said, _problems(said, FIELDS[kind], source, path)


def _problems(said: dict[str, Any], fields: dict[str, Check], source: str, path: str) -> list[Problem]:
    problems = [
        Problem(path, _line_of(source, name), f"unknown field “{name}” in the front matter")
        for name in said
        if name not in fields
    ]
    for name, check in fields.items():
        if name not in said:
            if name not in OPTIONAL:
                problems.append(Problem(path, 1, f"the front matter has no “{name}”"))
        elif message := check(said[name]):
            problems.append(Problem(path, _line_of(source, name), f"“{name}” {message}"))
    return problems


def _line_of(source: str, name: Any) -> int:
    for number, line in enumerate(source.split("\n"), 2):
        if line.startswith(f"{name}:"):
            return number
    return 2


def _date_line(source: str) -> int:
    for number, line in enumerate(source.split("\n"), 2):
        if re.search(r":\s*\d{4}-\d{1,2}-\d{1,2}", line):
            try:
                yaml.safe_load(line)
            except ValueError:
                return number
    return 2


def write(meta: dict[str, Any], kind: str) -> str:
    """Write front matter with the fields in their order."""
    return "".join(f"{name}: {_written(meta[name])}\n" for name in FIELDS[kind] if meta.get(name) is not None)


def _written(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    written = yaml.safe_dump(value, allow_unicode=True, width=10_000, default_flow_style=True)
    written = written.removesuffix("...\n").strip()
    simple = written.startswith("'") and not set(value) & {'"', "\\"}
    return f'"{value}"' if simple else written
