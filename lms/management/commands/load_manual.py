"""Loads the manual's text files into the site, or only checks them."""

from collections import Counter
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from manual.services import (
    Deed,
    ManualError,
    can_spell,
    check_texts,
    load_sources,
    load_terms,
    misspelled,
    read_folder,
    read_rules,
    read_terms,
    write_page_to_file,
)
from manual.services.spelling import HOW_TO_INSTALL
from manual.text.rules import reading_level, teaching_words
from quizzes.exchange import check_banks, passages_by_file, read_banks
from quizzes.services import QuizError, load_questions

CONTENT = Path(settings.BASE_DIR) / "manual" / "content"


class Command(BaseCommand):
    help = "Load the manual's text files: make or update its pages and questions, and report what was done with each."

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="Check everything by the rules, print a table, write nothing."
        )
        parser.add_argument("--spelling", action="store_true", help="With --check: the spelling, too (needs hunspell).")
        parser.add_argument(
            "--take",
            nargs=2,
            action="append",
            default=[],
            metavar=("file|page", "KEY"),
            help="Decide a conflict: the file's text replaces the page's, or the page's text is written into the file.",
        )
        parser.add_argument("--language", action="append", help="Only this language; may be given more than once.")
        parser.add_argument("--folder", type=Path, default=CONTENT, help="Where the text files are.")

    def handle(self, *, check, spelling, take, language, folder, **options):
        sources, terms, banks = self._read(folder, language)
        if check:
            self._check(folder, sources, terms, banks, spelling)
            return
        try:
            prefer_files, prefer_pages = self._decide(sources, terms, banks, take)
            if prefer_pages:
                sources, terms, banks = self._read(folder, language)
            outcomes = list(load_terms(terms=terms, prefer_files=prefer_files))
            outcomes += [
                (outcome.source.name, outcome.deed, outcome.note)
                for outcome in load_sources(sources=sources, prefer_files=prefer_files)
            ]
            for module_key, bank in banks.items():
                loaded = load_questions(
                    module_key=module_key, bank=bank, prefer_files=prefer_files, prefer_pages=prefer_pages
                )
                outcomes += [(outcome.name, outcome.deed, outcome.note) for outcome in loaded]
        except (ManualError, QuizError) as error:
            raise CommandError(str(error)) from error
        for name, deed, note in outcomes:
            if deed is not Deed.UNCHANGED or note or options["verbosity"] > 1:
                self.stdout.write(f"{deed:<9}  {name}{f' – {note}' if note else ''}")
        self._sum_up(Counter(deed for _name, deed, _note in outcomes))

    def _read(self, folder, language):
        languages = language or [code for code, _name in settings.LANGUAGES if (folder / code).is_dir()]
        terms, faults = read_terms(folder)
        sources, problems = read_folder(folder, languages, terms={term.key for term in terms})
        anchors = {source.key: source.text.anchors() for source in sources if source.text.kind == "chapter"}
        banks, wrong = read_banks(folder, languages, source_language=settings.LANGUAGE_CODE, anchors=anchors)
        problems = sorted([*problems, *faults, *wrong])
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            raise CommandError(f"Nothing was loaded: {len(problems)} problems are listed above.")
        if not sources:
            raise CommandError(f"There are no text files in {folder}.")
        return sources, terms, banks

    def _decide(self, sources, terms, banks, take):
        asked = {term.key for term in terms} | {
            key for bank in banks.values() for key in [bank.quiz.key, *(item.key for item in bank.questions)]
        }
        for side, key in take:
            chosen = [source for source in sources if source.key == key]
            if side not in {"file", "page"} or not (chosen or key in asked):
                raise CommandError(
                    f"--take {side} {key}: say “file” or “page”, and the key of a file, a term or a question."
                )
            if side == "page":
                for source in chosen:
                    write_page_to_file(source=source)
                    self.stdout.write(f"written    {source.name}")
        return tuple({key for side, key in take if side == choice} for choice in ("file", "page"))

    def _check(self, folder, sources, terms, banks, spelling):
        problems = []
        rules, faults = read_rules(folder, terms)
        if rules:
            problems += faults
            problems += check_texts(
                sources=sources,
                rules=rules,
                source_language=settings.LANGUAGE_CODE,
                today=timezone.localdate(),
            )
            modules = {}
            for source in sources:
                if source.text.kind == "module":
                    modules.setdefault(source.key, []).append(source.language)
            problems += check_banks(banks, modules=modules, bans=rules.bans)
        if spelling:
            if not can_spell():
                raise CommandError(f"The spelling needs hunspell and its dictionaries: {HOW_TO_INSTALL}")
            problems += misspelled(sources=sources, folder=folder, more=passages_by_file(banks))
        self._table(sources, banks)
        for problem in sorted(problems):
            self.stderr.write(str(problem))
        if problems:
            raise CommandError(f"{len(problems)} problems are listed above.")
        self.stdout.write(f"{len(sources)} files are sound.")

    def _table(self, sources, banks):
        self.stdout.write(
            f"{'file':<28} {'words':>6} {'blocks':>6} {'LIX':>4} {'reads':>7} {'plan':>7}  reviewed    review"
        )
        for source in sources:
            meta = source.text.meta
            self.stdout.write(
                f"{source.name:<28} {teaching_words(source.text):>6} {len(source.text.blocks):>6}"
                f" {reading_level(source.text):>4} {source.reading_minutes:>4} min"
                f" {meta.get('minutes', '–'):>3} min  {meta.get('reviewed', '–')!s:<10}  {meta.get('review', '–')}"
            )
        for module_key, bank in banks.items():
            languages = ", ".join(
                f"{language} {len(bank.questions) - len(bank.untranslated(language))}" for language in bank.quiz.faces
            )
            self.stdout.write(f"{module_key}: a bank of {len(bank.questions)} questions ({languages}).")

    def _sum_up(self, deeds):
        self.stdout.write(", ".join(f"{deeds[deed]} {deed}" for deed in Deed if deeds[deed]) + ".")
        if deeds[Deed.CONFLICT]:
            raise CommandError(
                "File and page have both changed. Decide with “--take file KEY” or “--take page KEY”; nothing was lost."
            )
