"""Loads the manual's text files into the site, or only checks them."""

from collections import Counter
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from manual.services import Deed, ManualError, load_sources, read_folder, waits_for, write_page_to_file
from manual.text.scenario import shape_of
from quizzes.exchange import read_banks
from quizzes.services import QuizError, load_questions

CONTENT = Path(settings.BASE_DIR) / "manual" / "content"


class Command(BaseCommand):
    help = "Load the manual's text files: make or update its pages and questions, and report what was done with each."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="Read and check everything, write nothing.")
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

    def handle(self, *, check, take, language, folder, **options):
        sources, banks = self._read(folder, language)
        if check:
            self._table(sources, banks)
            return
        try:
            prefer_files, prefer_pages = self._decide(sources, banks, take)
            if prefer_pages:
                sources, banks = self._read(folder, language)
            outcomes = [
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
        languages = language or [path.name for path in sorted(folder.glob("*")) if path.is_dir()]
        sources, problems = read_folder(folder, languages, source_language=settings.LANGUAGE_CODE)
        anchors = {source.key: source.text.anchors() for source in sources if source.text.kind == "chapter"}
        banks, wrong = read_banks(folder, languages, source_language=settings.LANGUAGE_CODE, anchors=anchors)
        problems = sorted([*problems, *wrong])
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            raise CommandError(f"Nothing was loaded: {len(problems)} problems are listed above.")
        if not sources:
            raise CommandError(f"There are no text files in {folder}.")
        return sources, banks

    def _decide(self, sources, banks, take):
        asked = {key for bank in banks.values() for key in [bank.quiz.key, *(item.key for item in bank.questions)]}
        for side, key in take:
            chosen = [source for source in sources if source.key == key]
            if side not in {"file", "page"} or not (chosen or key in asked):
                raise CommandError(f"--take {side} {key}: say “file” or “page”, and the key of a file or a question.")
            if side == "page":
                for source in chosen:
                    write_page_to_file(source=source)
                    self.stdout.write(f"written    {source.name}")
        return tuple({key for side, key in take if side == choice} for choice in ("file", "page"))

    def _table(self, sources, banks):
        self.stdout.write(f"{'file':<28} {'words':>6} {'blocks':>6} {'reads':>7} {'plan':>7}  reviewed    review")
        for source in sources:
            meta = source.text.meta
            self.stdout.write(
                f"{source.name:<28} {source.words:>6} {len(source.text.blocks):>6} {source.reading_minutes:>4} min"
                f" {meta.get('minutes', '–'):>3} min  {meta.get('reviewed', '–')!s:<10}  {meta.get('review', '–')}"
            )
        known = {(source.language, source.key) for source in sources}
        for source in sources:
            if source.text.kind == "scenario":
                shape = shape_of(source.text.blocks)
                endings = sum(not step.targets for step in shape)
                waits = " that is not written yet" if waits_for(source, known) else ""
                steps = f"{len(shape)} steps, {endings} of them endings"
                self.stdout.write(f"{source.name}: a scenario of {source.parent}{waits}, {steps}.")
        for module_key, bank in banks.items():
            languages = ", ".join(
                f"{language} {len(bank.questions) - len(bank.untranslated(language))}" for language in bank.quiz.faces
            )
            self.stdout.write(f"{module_key}: a bank of {len(bank.questions)} questions ({languages}).")
        self.stdout.write(f"{len(sources)} files are sound.")

    def _sum_up(self, deeds):
        self.stdout.write(", ".join(f"{deeds[deed]} {deed}" for deed in Deed if deeds[deed]) + ".")
        if deeds[Deed.CONFLICT]:
            raise CommandError(
                "File and page have both changed. Decide with “--take file KEY” or “--take page KEY”; nothing was lost."
            )
