"""Writes question files; reading them gives the same bank again."""

import json
from collections.abc import Iterable

from quizzes.exchange.bank import Bank, BankQuestion, BankQuiz
from quizzes.questions import GradeRule, Option


def write_bank(bank: Bank, language: str, *, source_language: str) -> str:
    """Write the file of one language; the source language's file also says what decides."""
    decides = language == source_language
    lines = [*_quiz(bank.quiz, language, decides), "questions:"]
    for question in bank.questions:
        if language in question.wordings:
            lines += ["", *_question(question, language, decides)]
    return "\n".join(lines) + "\n"


def _quiz(quiz: BankQuiz, language: str, decides: bool) -> Iterable[str]:
    face = quiz.faces[language]
    yield "quiz:"
    yield f"  key: {quiz.key}"
    yield f"  title: {_said(face.title)}"
    if face.intro:
        yield f"  intro: {_said(face.intro)}"
    if decides:
        yield f"  draw: {quiz.draw}"
        yield f"  threshold: {quiz.threshold}"
        for name in ("pause_hours", "max_attempts", "time_limit"):
            if getattr(quiz, name):
                yield f"  {name}: {getattr(quiz, name)}"
        if not quiz.shuffle:
            yield "  shuffle: false"
        if quiz.rule is not GradeRule.BEST:
            yield f"  rule: {quiz.rule.value}"


def _question(question: BankQuestion, language: str, decides: bool) -> Iterable[str]:
    wording = question.wordings[language]
    yield f"  - key: {question.key}"
    if decides:
        yield f"    use: {question.use.value}"
        yield f"    kind: {question.kind.value}"
        yield f"    chapter: {question.chapter}"
        yield f"    anchor: {question.anchor}"
        if question.tags:
            yield f"    tags: [{', '.join(_said(tag) for tag in question.tags)}]"
    yield f"    prompt: {_said(wording.prompt)}"
    yield "    options:"
    for option in wording.options:
        yield f"      - {{{', '.join(_option(option, decides))}}}"
    if wording.feedback:
        yield f"    feedback: {_said(wording.feedback)}"


def _option(option: Option, decides: bool) -> Iterable[str]:
    yield f"key: {option.key}"
    if decides and option.right:
        yield "right: true"
    yield f"text: {_said(option.text)}"
    if option.feedback:
        yield f"feedback: {_said(option.feedback)}"


def _said(text: str) -> str:
    """Quote as JSON does, which YAML reads as it stands."""
    return json.dumps(text, ensure_ascii=False)


def write_tests(tests: Iterable[BankQuiz], language: str, *, source_language: str) -> str:
    """Write the file of the knowledge tests in one language."""
    lines = ["tests:"]
    for test in tests:
        face = test.faces[language]
        lines += ["", f"  - key: {test.key}"]
        if language == source_language:
            lines += [f"    picks: {test.picks}", f"    threshold: {test.threshold}"]
            for name in ("pause_hours", "max_attempts", "time_limit"):
                if getattr(test, name):
                    lines.append(f"    {name}: {getattr(test, name)}")
        lines += [f"    title: {_said(face.title)}", f"    intro: {_said(face.intro)}"]
    return "\n".join(lines) + "\n"
