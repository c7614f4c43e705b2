"""The manual's content folder as a whole: texts, glossary, question banks and knowledge tests, read and checked."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from manual.services import Source, can_spell, check_texts, misspelled, read_folder, read_rules, read_terms
from manual.text import Problem
from manual.text.glossary import Term
from quizzes.exchange import Bank, BankQuiz, check_banks, check_blueprint, passages_by_file, read_banks, read_tests

CONTENT = Path(settings.BASE_DIR) / "manual" / "content"


@dataclass(frozen=True)
class Content:
    """Everything that the files say."""

    folder: Path
    sources: list[Source]
    terms: list[Term]
    banks: dict[str, Bank]
    tests: list[BankQuiz]

    @property
    def languages(self) -> set[str]:
        return {source.language for source in self.sources}

    @property
    def keys(self) -> set[str]:
        """The keys that a conflict can be decided for."""
        return {
            *(source.key for source in self.sources),
            *(term.key for term in self.terms),
            *(test.key for test in self.tests),
            *(bank.quiz.key for bank in self.banks.values()),
            *(question.key for bank in self.banks.values() for question in bank.questions),
        }


def read_content(folder: Path, languages: Iterable[str] | None) -> tuple[Content, list[Problem]]:
    """Read a content folder and say all that keeps it from being loaded."""
    languages = list(languages or (code for code, _name in settings.LANGUAGES if (folder / code).is_dir()))
    source_language = settings.LANGUAGE_CODE
    terms, problems = read_terms(folder)
    sources, found = read_folder(folder, languages, terms={term.key for term in terms}, source_language=source_language)
    problems += found
    # Where languages differ, the source's sections are the ones that questions point to.
    ordered = sorted(sources, key=lambda source: source.language == source_language)
    anchors = {source.key: source.text.anchors() for source in ordered if source.text.kind == "chapter"}
    banks, found = read_banks(folder, languages, source_language=source_language, anchors=anchors)
    problems += found
    tests, found = read_tests(folder, languages, source_language=source_language, banks=banks)
    return Content(folder, sources, terms, banks, tests), sorted([*problems, *found])


def check_content(content: Content) -> list[Problem]:
    """Say everything in which the content falls short of its own rules; a folder without `rules/` has none."""
    rules, problems = read_rules(content.folder, content.terms)
    if rules is None:
        return problems
    problems += check_texts(
        sources=content.sources, rules=rules, source_language=settings.LANGUAGE_CODE, today=timezone.localdate()
    )
    modules: dict[str, list[str]] = {}
    for source in content.sources:
        if source.text.kind == "module":
            modules.setdefault(source.key, []).append(source.language)
    problems += check_banks(content.banks, modules=modules, bans=rules.bans)
    if content.tests:
        problems += [
            Problem("rules/blueprint.yaml", 1, said) for said in check_blueprint(content.banks, rules.blueprint)
        ]
        problems += [
            Problem(f"{language}/tests.yaml", 1, f"{test.key} is missing")
            for test in content.tests
            for language in content.languages - set(test.faces)
        ]
    return sorted(problems)


def spell_content(content: Content) -> list[Problem] | None:
    """Give the words that no dictionary knows; nothing (None) where hunspell is missing."""
    if not can_spell():
        return None
    more = passages_by_file(content.banks)
    for test in content.tests:
        for language, face in test.faces.items():
            more.setdefault(language, {}).setdefault(f"{language}/tests.yaml", []).extend([face.title, face.intro])
    return sorted(misspelled(sources=content.sources, folder=content.folder, more=more))
