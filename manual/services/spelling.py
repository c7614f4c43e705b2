"""Asks hunspell, with Debian's dictionaries and the project's own words, which words it does not know."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from manual.services.folder import Source
from manual.text import Problem, inline
from manual.text.words import strings

DICTIONARIES = {"en": "en_GB", "ro": "ro_RO", "nb": "nb_NO"}
HOW_TO_INSTALL = "apt-get install hunspell hunspell-en-gb hunspell-ro hunspell-no"
# Titles of laws and names of offices stand in their own languages, and addresses in none.
_SKIPPED_PARTS = {"source", "id", "anchor"}
_SKIPPED_BLOCKS = {"references"}
_ADDRESS = re.compile(r"\S+@\S+|(?:https?://)?(?:[\w-]+\.)+(?:no|ro|org|eu|int|com)\b\S*")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def can_spell() -> bool:
    """Whether hunspell and all three dictionaries are here."""
    if not shutil.which("hunspell"):
        return False
    listed = subprocess.run(["hunspell", "-D"], input="", capture_output=True, text=True, check=False)  # noqa: S607
    return all(name in listed.stderr + listed.stdout for name in DICTIONARIES.values())


def misspelled(*, sources: Iterable[Source], folder: Path, more: dict[str, dict[str, list[str]]]) -> list[Problem]:
    """Give every word that neither a dictionary nor the project's list of that language knows.

    `more` are passages beside the texts, such as questions: by language and file name.
    """
    passages: dict[str, dict[str, list[str]]] = {language: dict(files) for language, files in more.items()}
    for source in sources:
        passages.setdefault(source.language, {})[source.name] = list(_readable(source))
    problems: list[Problem] = []
    for language, files in passages.items():
        words = {name: _words(language, said) for name, said in files.items()}
        unknown = _unknown(language, set().union(*words.values(), set()), folder)
        problems += [
            Problem(name, _line(folder / name, word), f"“{word}” is not in the {language} dictionary")
            for name, found in words.items()
            for word in sorted(found & unknown)
        ]
    return problems


def _readable(source: Source) -> Iterable[str]:
    for name in ("title", "standfirst", "summary"):
        yield str(source.text.meta.get(name) or "")
    for block in source.text.blocks:
        if block["type"] in _SKIPPED_BLOCKS:
            continue
        value = block["value"]
        if isinstance(value, dict):
            value = {part: said for part, said in value.items() if part not in _SKIPPED_PARTS}
        yield from strings(value)


def _words(language: str, passages: Iterable[str]) -> set[str]:
    """Give the words that are of this language: not those marked as foreign, no addresses, no abbreviations."""
    found: set[str] = set()
    for passage in passages:
        said = "".join(_own(node, language) for node in inline.parse(passage))
        found |= {word.replace("’", "'") for word in _WORD.findall(_ADDRESS.sub(" ", said))}
    return {word for word in found if len(word) > 1 and not word.isupper()}


def _own(node: inline.Node, language: str) -> str:
    if node.kind == "text":
        return node.text
    if node.kind == "language" and node.text != language:
        return " "
    return "".join(_own(inner, language) for inner in node.inside)


def _unknown(language: str, words: set[str], folder: Path) -> set[str]:
    own = folder / "rules" / "spelling" / f"{language}.txt"
    with tempfile.NamedTemporaryFile("w", suffix=".dic", encoding="utf-8") as personal:
        personal.write(own.read_text() if own.is_file() else "")
        personal.flush()
        answer = subprocess.run(  # noqa: S603 -- our own words and a fixed list of dictionaries
            ["hunspell", "-i", "utf-8", "-d", DICTIONARIES[language], "-p", personal.name, "-l"],  # noqa: S607
            input="\n".join(sorted(words)),
            capture_output=True,
            text=True,
            check=True,
        )
    return set(answer.stdout.split())


def _line(path: Path, word: str) -> int:
    whole = path.read_text()
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", whole.replace("’", "'"))
    return whole[: found.start()].count("\n") + 1 if found else 1
