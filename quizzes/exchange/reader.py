"""Reads a module's question files: the source file decides, the others only say the same in their language."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from manual.text import Problem
from quizzes.exchange.bank import Bank, BankQuestion, BankQuiz, Face, Wording
from quizzes.exchange.document import LINE, read_document
from quizzes.questions import FEWEST_OPTIONS, MOST_OPTIONS, GradeRule, Kind, Option, Use, faults

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
OLD_CEDILLA = re.compile("[şţŞŢ]")
LONGEST_TEXT = 1200
LONGEST_TITLE = 255

QUIZ_RULES = {"draw", "threshold", "pause_hours", "max_attempts", "time_limit", "shuffle", "rule"}
QUIZ_WORDS = {"key", "title", "intro"}
QUESTION_RULES = {"use", "kind", "chapter", "anchor", "tags"}
QUESTION_WORDS = {"key", "prompt", "options", "feedback"}
OPTION_RULES = {"right"}
OPTION_WORDS = {"key", "text", "feedback"}

FAULTS = {
    "number_of_options": f"a question has {FEWEST_OPTIONS} to {MOST_OPTIONS} options",
    "key_twice": "two options have this key",
    "none_right": "no option is right",
    "all_right": "every option is right, so there is nothing to decide",
    "more_than_one_right": "“single” has exactly one right option; say “kind: several” if more are right",
    "no_text": "the option has no text",
    "no_feedback": "a wrong option needs feedback that teaches",
}


@dataclass(frozen=True)
class QuestionFile:
    """One file: its name, as problems are reported under it, and what it says."""

    path: str
    source: str


def read_bank(
    files: Mapping[str, QuestionFile], *, source_language: str, anchors: Mapping[str, Collection[str]]
) -> tuple[Bank | None, list[Problem]]:
    """Read the question files of one module, by language; `anchors` says which sections each chapter has.

    Gives a bank only when nothing is wrong.
    """
    if source_language not in files:
        first = next(iter(files.values()))
        return None, [Problem(first.path, 1, f"there is no such file in {source_language}, whose file decides")]
    reader = _SourceReader(files[source_language], source_language, anchors)
    bank = reader.read()
    problems = reader.problems
    for language, file in files.items():
        if language != source_language and bank is not None:
            translator = _TranslationReader(file, language)
            bank = translator.read(bank)
            problems = [*problems, *translator.problems]
    return (None if problems else bank), sorted(problems)


class Reader:
    """What both kinds of file have in common: fields, words, and a list of what is wrong."""

    quiz_fields: Collection[str] = QUIZ_WORDS
    question_fields: Collection[str] = QUESTION_WORDS
    option_fields: Collection[str] = OPTION_WORDS

    def __init__(self, file: QuestionFile, language: str) -> None:
        self.file, self.language = file, language
        self.said, self.problems = read_document(file.source, file.path)

    def wrong(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.file.path, line, message))

    def fields(self, part: Any, allowed: Collection[str], what: str, line: int) -> dict[str, Any]:
        if not isinstance(part, dict):
            self.wrong(line, f"{what} must be lines such as “key: …”")
            return {LINE: line}
        for name in part:
            if name != LINE and name not in allowed:
                self.wrong(part[LINE], f"unknown field “{name}” in {what}")
        return part

    def entries(self, part: dict[str, Any], name: str, what: str) -> list[Any]:
        found = part.get(name)
        if isinstance(found, list) and found:
            return found
        self.wrong(part.get(LINE, 1), f"{what} has no “{name}”")
        return []

    def key(self, part: dict[str, Any], name: str, what: str) -> str:
        value = part.get(name)
        if isinstance(value, str) and KEY.fullmatch(value) and len(value) <= 60:
            return value
        self.wrong(part[LINE], f"{what}: “{name}” must be small letters, digits and single hyphens")
        return ""

    def words(self, part: dict[str, Any], name: str, what: str, *, longest: int = LONGEST_TEXT, needed: bool) -> str:
        value = part.get(name, "")
        if not isinstance(value, str) or (needed and not value.strip()):
            self.wrong(part[LINE], f"{what}: “{name}” must be text")
            return ""
        if len(value) > longest:
            self.wrong(part[LINE], f"{what}: “{name}” is longer than {longest} characters")
        if OLD_CEDILLA.search(value):
            self.wrong(part[LINE], f"{what}: “{name}” has ş or ţ with a cedilla; write ș and ț with a comma below")
        return value.strip()

    def number(
        self, part: dict[str, Any], name: str, least: int, most: int, default: Any = ..., *, what: str = "the quiz"
    ) -> Any:
        value = part.get(name, default)
        if value is default and default is not ...:
            return default
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.wrong(part[LINE], f"{what}: “{name}” must be a whole number from {least} to {most}")
        return least

    def quiz_part(self) -> dict[str, Any]:
        return self.fields(self.said.get("quiz"), self.quiz_fields, "the quiz", 1)

    def face(self, part: dict[str, Any]) -> Face:
        return Face(
            self.words(part, "title", "the quiz", longest=LONGEST_TITLE, needed=True),
            self.words(part, "intro", "the quiz", needed=False),
        )

    def question_parts(self) -> list[tuple[str, dict[str, Any]]]:
        """Give the questions with their keys; one that comes twice is said and left out."""
        found: dict[str, dict[str, Any]] = {}
        for entry in self.entries(self.said | {LINE: 1}, "questions", "the file"):
            part = self.fields(entry, self.question_fields, "a question", 1)
            key = self.key(part, "key", "a question")
            if key in found:
                self.wrong(part[LINE], f"{key} stands here twice")
            elif key:
                found[key] = part
        return list(found.items())

    def option(self, entry: Any, question: str, line: int) -> tuple[int, Option]:
        part = self.fields(entry, self.option_fields, f"an option of {question}", line)
        key = self.key(part, "key", f"an option of {question}")
        what = f"{question}, option {key}"
        right = part.get("right", False)
        if not isinstance(right, bool):
            self.wrong(part[LINE], f"{what}: “right” must be true or false")
        text = self.words(part, "text", what, needed=False)
        return part[LINE], Option(key, text, right is True, self.words(part, "feedback", what, needed=False))

    def wording(self, key: str, part: dict[str, Any], kind: Kind, rights: Mapping[str, bool] | None = None) -> Wording:
        lines = dict.fromkeys([""], part[LINE])
        options = []
        for entry in self.entries(part, "options", key):
            line, option = self.option(entry, key, part[LINE])
            lines.setdefault(option.key, line)
            options.append(option if rights is None else replace(option, right=rights.get(option.key, False)))
        if rights is None or {option.key for option in options} == set(rights):
            for place, code in faults(kind, options) if options else []:
                self.wrong(lines[place], f"{key}{f', option {place}' if place else ''}: {FAULTS[code]}")
        return Wording(
            self.words(part, "prompt", key, needed=True),
            tuple(options),
            self.words(part, "feedback", key, needed=False),
        )


class _SourceReader(Reader):
    """Reads the file that decides."""

    quiz_fields = QUIZ_WORDS | QUIZ_RULES
    question_fields = QUESTION_WORDS | QUESTION_RULES
    option_fields = OPTION_WORDS | OPTION_RULES

    def __init__(self, file: QuestionFile, language: str, anchors: Mapping[str, Collection[str]]) -> None:
        super().__init__(file, language)
        self.anchors = anchors

    def read(self) -> Bank | None:
        if self.problems:
            return None
        part = self.quiz_part()
        quiz = BankQuiz(
            key=self.key(part, "key", "the quiz"),
            draw=self.number(part, "draw", 1, 200),
            threshold=self.number(part, "threshold", 0, 100),
            pause_hours=self.number(part, "pause_hours", 0, 10_000, 0),
            max_attempts=self.number(part, "max_attempts", 1, 1000, None),
            time_limit=self.number(part, "time_limit", 1, 10_000, None),
            shuffle=self.one_of(part, "shuffle", [True, False], True, "the quiz"),
            rule=GradeRule(self.one_of(part, "rule", list(GradeRule), GradeRule.BEST, "the quiz")),
            faces={self.language: self.face(part)},
        )
        questions = tuple(self.question(key, found) for key, found in self.question_parts())
        tests = sum(question.use is Use.TEST for question in questions)
        if questions and tests < quiz.draw:
            self.wrong(part[LINE], f"the quiz draws {quiz.draw} questions, but only {tests} may be used in a test")
        return Bank(quiz, questions)

    def question(self, key: str, part: dict[str, Any]) -> BankQuestion:
        kind = Kind(self.one_of(part, "kind", list(Kind), None, key) or Kind.SINGLE)
        chapter, anchor = self.key(part, "chapter", key), self.key(part, "anchor", key)
        if chapter and chapter not in self.anchors:
            self.wrong(part[LINE], f"{key}: there is no chapter “{chapter}”")
        elif anchor and anchor not in self.anchors.get(chapter, ()):
            self.wrong(part[LINE], f"{key}: chapter “{chapter}” has no section “{anchor}”")
        tags = part.get("tags", [])
        if not (isinstance(tags, list) and all(isinstance(tag, str) and 0 < len(tag) <= 100 for tag in tags)):
            self.wrong(part[LINE], f"{key}: “tags” must be a list such as [first, second]")
            tags = []
        use = Use(self.one_of(part, "use", list(Use), None, key) or Use.TEST)
        return BankQuestion(
            key, use, kind, chapter, anchor, tuple(tags), {self.language: self.wording(key, part, kind)}
        )

    def one_of(self, part: dict[str, Any], name: str, allowed: list[Any], default: Any, what: str) -> Any:
        value = part.get(name, default)
        if any(value == choice and isinstance(value, type(choice) | str) for choice in allowed):
            return value
        said = ", ".join(str(choice).lower() for choice in allowed)
        self.wrong(part[LINE], f"{what}: “{name}” must be one of {said}")
        return default


class _TranslationReader(Reader):
    """Reads a file that says the same in another language."""

    def read(self, bank: Bank) -> Bank:
        if self.problems:
            return bank
        part = self.quiz_part()
        if part.get("key") != bank.quiz.key:
            self.wrong(part[LINE], f"the quiz's key must be “{bank.quiz.key}”, as in the source file")
        quiz = replace(bank.quiz, faces=bank.quiz.faces | {self.language: self.face(part)})
        source_wordings = {question.key: next(iter(question.wordings.values())) for question in bank.questions}
        kinds = {question.key: question.kind for question in bank.questions}
        found: dict[str, Wording] = {}
        for key, question in self.question_parts():
            if key in source_wordings:
                found[key] = self.translated(key, question, kinds[key], source_wordings[key])
            else:
                self.wrong(question[LINE], f"{key} does not stand in the source file")
        return Bank(
            quiz,
            tuple(
                replace(question, wordings=question.wordings | {self.language: found[question.key]})
                if question.key in found
                else question
                for question in bank.questions
            ),
        )

    def translated(self, key: str, part: dict[str, Any], kind: Kind, source: Wording) -> Wording:
        rights = {option.key: option.right for option in source.options}
        wording = self.wording(key, part, kind, rights)
        keys = [option.key for option in wording.options]
        if sorted(keys) != sorted(rights):
            self.wrong(part[LINE], f"{key}: the options must be {', '.join(rights)}, as in the source file")
            return wording
        # The options stand in the order of the source, whatever the order in this file.
        by_key = {option.key: option for option in wording.options}
        return replace(wording, options=tuple(by_key[option] for option in rights))
