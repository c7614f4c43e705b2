"""Loads the manual's text files into the site, or only checks them."""

from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from lms.content import CONTENT, check_content, read_content, spell_content
from manual.services import Deed, ManualError, load_sources, load_terms, waits_for, write_page_to_file
from manual.services.spelling import HOW_TO_INSTALL
from manual.text.rules import reading_level, teaching_words
from manual.text.scenario import shape_of
from quizzes.services import QuizError, load_questions, load_tests

MANUAL = "manual"


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
        # A check reads every language: a translation is compared with its source, whichever of them is asked for.
        content = self._read(folder, None if check else language)
        if check:
            self._check(content, spelling, set(language or content.languages))
            return
        try:
            prefer_files, prefer_pages = self._decide(content, take)
            if prefer_pages:
                content = self._read(folder, language)
            outcomes = self._load(content, prefer_files, prefer_pages)
        except (ManualError, QuizError) as error:
            raise CommandError(str(error)) from error
        for name, deed, note in outcomes:
            if deed is not Deed.UNCHANGED or note or options["verbosity"] > 1:
                self.stdout.write(f"{deed:<9}  {name}{f' – {note}' if note else ''}")
        self._sum_up(Counter(deed for _name, deed, _note in outcomes))

    def _read(self, folder, language):
        content, problems = read_content(folder, language)
        self._tell(problems, "Nothing was loaded: {} problems are listed above.")
        if not content.sources:
            raise CommandError(f"There are no text files in {folder}.")
        return content

    def _tell(self, problems, summary):
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            raise CommandError(summary.format(len(problems)))

    def _load(self, content, prefer_files, prefer_pages):
        outcomes = list(load_terms(terms=content.terms, prefer_files=prefer_files))
        outcomes += [
            (outcome.source.name, outcome.deed, outcome.note)
            for outcome in load_sources(sources=content.sources, prefer_files=prefer_files)
        ]
        preferred = {"prefer_files": prefer_files, "prefer_pages": prefer_pages}
        asked = [load_questions(module_key=key, bank=bank, **preferred) for key, bank in content.banks.items()]
        asked.append(load_tests(manual_key=MANUAL, tests=content.tests, **preferred))
        return outcomes + [(done.name, done.deed, done.note) for loaded in asked for done in loaded]

    def _decide(self, content, take):
        for side, key in take:
            if side not in {"file", "page"} or key not in content.keys:
                raise CommandError(
                    f"--take {side} {key}: say “file” or “page”, and the key of a file, a term or a question."
                )
            if side == "page":
                for source in content.sources:
                    if source.key == key:
                        write_page_to_file(source=source)
                        self.stdout.write(f"written    {source.name}")
        return tuple({key for side, key in take if side == choice} for choice in ("file", "page"))

    def _check(self, content, spelling, languages):
        problems = check_content(content)
        if spelling:
            unknown = spell_content(content)
            if unknown is None:
                raise CommandError(f"The spelling needs hunspell and its dictionaries: {HOW_TO_INSTALL}")
            problems += unknown
        sources = [source for source in content.sources if source.language in languages]
        self._table(content, sources)
        others = tuple(f"{language}/" for language in content.languages - languages)
        self._tell([found for found in problems if not found.path.startswith(others)], "{} problems are listed above.")
        self.stdout.write(f"{len(sources)} files are sound.")

    def _table(self, content, sources):
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
        known = {(source.language, source.key) for source in content.sources}
        for source in sources:
            if source.text.kind == "scenario":
                shape = shape_of(source.text.blocks)
                endings = sum(not step.targets for step in shape)
                waits = " that is not written yet" if waits_for(source, known) else ""
                steps = f"{len(shape)} steps, {endings} of them endings"
                self.stdout.write(f"{source.name}: a scenario of {source.parent}{waits}, {steps}.")
        for module_key, bank in content.banks.items():
            languages = ", ".join(
                f"{language} {len(bank.questions) - len(bank.untranslated(language))}" for language in bank.quiz.faces
            )
            self.stdout.write(f"{module_key}: a bank of {len(bank.questions)} questions ({languages}).")
        for test in content.tests:
            self.stdout.write(f"{test.key}: {test.draw} questions with the tag “{test.picks}”.")

    def _sum_up(self, deeds):
        self.stdout.write(", ".join(f"{deeds[deed]} {deed}" for deed in Deed if deeds[deed]) + ".")
        if deeds[Deed.CONFLICT]:
            raise CommandError(
                "File and page have both changed. Decide with “--take file KEY” or “--take page KEY”; nothing was lost."
            )
