"""Finds and reads the question files of a content folder; writes nothing."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from manual.text import Problem
from quizzes.exchange.bank import Bank
from quizzes.exchange.reader import QuestionFile, read_bank

QUESTIONS_FILE = "questions.yaml"


def read_banks(
    folder: Path, languages: Iterable[str], *, source_language: str, anchors: Mapping[str, Collection[str]]
) -> tuple[dict[str, Bank], list[Problem]]:
    """Read every module's questions, by module key, and say all that is wrong with them.

    The source language is read whatever languages are asked for, because its files decide.
    """
    files: dict[str, dict[str, QuestionFile]] = {}
    banks: dict[str, Bank] = {}
    problems: list[Problem] = []
    for language in [source_language, *(other for other in languages if other != source_language)]:
        for path in sorted((folder / language).glob(f"*/{QUESTIONS_FILE}")):
            name = path.relative_to(folder).as_posix()
            try:
                file = QuestionFile(name, path.read_bytes().decode())
            except UnicodeDecodeError as error:
                line = path.read_bytes()[: error.start].count(b"\n") + 1
                problems.append(Problem(name, line, "this file is not UTF-8"))
            else:
                files.setdefault(path.parent.name, {})[language] = file
    for module_key, found in files.items():
        bank, wrong = read_bank(found, source_language=source_language, anchors=anchors)
        problems += wrong
        if bank is not None:
            banks[module_key] = bank
    return banks, sorted(problems)
