"""Reads the knowledge tests: quizzes that ask exactly the questions with one tag, from every module."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from manual.text import Problem
from quizzes.exchange.bank import Bank, BankQuiz
from quizzes.exchange.document import LINE
from quizzes.exchange.reader import QUIZ_WORDS, QuestionFile, Reader
from quizzes.questions import Kind, Use

TESTS_FILE = "tests.yaml"
RULES = {"picks", "threshold", "pause_hours", "max_attempts", "time_limit"}


def read_tests(
    folder: Path, languages: Iterable[str], *, source_language: str, banks: Mapping[str, Bank]
) -> tuple[list[BankQuiz], list[Problem]]:
    """Read the tests of every language; the source language's file decides."""
    tests: dict[str, BankQuiz] = {}
    problems: list[Problem] = []
    for language in [source_language, *(other for other in languages if other != source_language)]:
        path = folder / language / TESTS_FILE
        if path.is_file():
            reader = _TestsReader(QuestionFile(f"{language}/{TESTS_FILE}", path.read_text()), language)
            reader.read(tests, decides=language == source_language, banks=banks)
            problems += reader.problems
    return list(tests.values()), sorted(problems)


def picked(banks: Mapping[str, Bank], tag: str) -> dict[str, list[str]]:
    """Give the keys of the questions with a tag, by module."""
    found = {
        module: [question.key for question in bank.questions if question.use is Use.TEST and tag in question.tags]
        for module, bank in banks.items()
    }
    return {module: keys for module, keys in found.items() if keys}


class _TestsReader(Reader):
    """Reads one file: a list under “tests:”."""

    def read(self, tests: dict[str, BankQuiz], *, decides: bool, banks: Mapping[str, Bank]) -> None:
        for entry in self.entries(self.said | {LINE: 1}, "tests", "the file") if not self.problems else ():
            part = self.fields(entry, QUIZ_WORDS | RULES if decides else QUIZ_WORDS, "a test", 1)
            key = self.key(part, "key", "a test")
            if not key:
                continue
            if decides:
                tests[key] = self._test(key, part, banks)
            elif key not in tests:
                self.wrong(part[LINE], f"{key} does not stand in the source file")
            else:
                tests[key].faces[self.language] = self.face(part)

    def _test(self, key: str, part: dict[str, Any], banks: Mapping[str, Bank]) -> BankQuiz:
        picks = self.key(part, "picks", key)
        asked = sum(map(len, picked(banks, picks).values()))
        if picks and not asked:
            self.wrong(part[LINE], f"{key}: no question carries the tag “{picks}”")
        return BankQuiz(
            key=key,
            draw=max(asked, 1),
            picks=picks,
            threshold=self.number(part, "threshold", 0, 100),
            pause_hours=self.number(part, "pause_hours", 0, 10_000, 0),
            max_attempts=self.number(part, "max_attempts", 1, 1000, None),
            time_limit=self.number(part, "time_limit", 1, 10_000, None),
            faces={self.language: self.face(part)},
        )


def check_blueprint(banks: Mapping[str, Bank], blueprint: Mapping[str, Any]) -> list[str]:
    """Say where the parallel forms differ from what the blueprint asks of each module, and from each other."""
    faults = []
    kinds = {question.key: question.kind for bank in banks.values() for question in bank.questions}
    for tag in blueprint.get("forms", ()):
        found = picked(banks, tag)
        for module, wanted in blueprint.get("questions", {}).items():
            keys = found.pop(module, [])
            if len(keys) != wanted:
                faults.append(f"“{tag}” has {len(keys)} questions of {module}; the blueprint asks for {wanted}")
            faults += [
                f"{key} stands in “{tag}” and has several answers" for key in keys if kinds[key] is not Kind.SINGLE
            ]
        faults += [f"“{tag}” has questions of {module}, which the blueprint does not name" for module in found]
    return faults
