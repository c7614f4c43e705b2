"""The rules that a published question bank keeps."""

from collections.abc import Collection, Iterable, Mapping

from manual.text import Problem
from manual.text.rules import Ban, banned_words
from quizzes.exchange.bank import Bank, Wording
from quizzes.exchange.folder import QUESTIONS_FILE
from quizzes.questions import Use

FEWEST_QUESTIONS = 20


def check_banks(
    banks: Mapping[str, Bank], *, modules: Mapping[str, Collection[str]], bans: Mapping[str, Iterable[Ban]]
) -> list[Problem]:
    """Say which modules ask too little, and which questions lack a language or say what must not be said.

    `modules` are the languages of each module's text: wherever it can be read, it can be asked about.
    """
    problems = []
    for key, languages in modules.items():
        bank = banks.get(key)
        asked = sum(question.use is Use.TEST for question in bank.questions) if bank else 0
        for language in languages:
            name = f"{language}/{key}/{QUESTIONS_FILE}"
            if asked < FEWEST_QUESTIONS:
                problems.append(Problem(name, 1, f"a module has {FEWEST_QUESTIONS} questions; this one has {asked}"))
            if bank:
                problems += [Problem(name, 1, f"{key} is missing") for key in bank.untranslated(language)]
                problems += _wording(bank, language, name, [*bans.get("any", ()), *bans.get(language, ())])
    return sorted(problems)


def passages_by_file(banks: Mapping[str, Bank]) -> dict[str, dict[str, list[str]]]:
    """Give everything that the banks say to people, by language and file."""
    found: dict[str, dict[str, list[str]]] = {}
    for key, bank in banks.items():
        for language, face in bank.quiz.faces.items():
            said = [face.title, face.intro]
            said += [
                passage
                for question in bank.questions
                if language in question.wordings
                for passage in _passages(question.wordings[language])
            ]
            found.setdefault(language, {})[f"{language}/{key}/{QUESTIONS_FILE}"] = said
    return found


def _wording(bank: Bank, language: str, name: str, bans: list[Ban]) -> Iterable[Problem]:
    for question in bank.questions:
        for said in _passages(question.wordings[language]) if language in question.wordings else ():
            for fault in banned_words(said, bans):
                yield Problem(name, 1, f"{question.key}: {fault.message}")


def _passages(wording: Wording) -> Iterable[str]:
    yield wording.prompt
    yield wording.feedback
    for option in wording.options:
        yield option.text
        yield option.feedback
