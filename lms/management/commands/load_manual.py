"""Loads the manual's text files into the site, or only checks them."""

from collections import Counter
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from manual.services import Deed, ManualError, load_sources, read_folder, write_page_to_file

CONTENT = Path(settings.BASE_DIR) / "manual" / "content"


class Command(BaseCommand):
    help = "Load the manual's text files: make or update its pages, and report what was done with each file."

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
        sources = self._read(folder, language)
        if check:
            self._table(sources)
            return
        try:
            prefer_files = self._decide(sources, take)
            if any(side == "page" for side, _key in take):
                sources = self._read(folder, language)
            outcomes = load_sources(sources=sources, prefer_files=prefer_files)
        except ManualError as error:
            raise CommandError(str(error)) from error
        for outcome in outcomes:
            if outcome.deed is not Deed.UNCHANGED or options["verbosity"] > 1:
                note = f" – {outcome.note}" if outcome.note else ""
                self.stdout.write(f"{outcome.deed:<9}  {outcome.source.name}{note}")
        self._sum_up(Counter(outcome.deed for outcome in outcomes))

    def _read(self, folder, language):
        languages = language or [path.name for path in sorted(folder.glob("*")) if path.is_dir()]
        sources, problems = read_folder(folder, languages)
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            raise CommandError(f"Nothing was loaded: {len(problems)} problems are listed above.")
        if not sources:
            raise CommandError(f"There are no text files in {folder}.")
        return sources

    def _decide(self, sources, take):
        for side, key in take:
            chosen = [source for source in sources if source.key == key]
            if side not in {"file", "page"} or not chosen:
                raise CommandError(f"--take {side} {key}: say “file” or “page”, and the key of a file.")
            if side == "page":
                for source in chosen:
                    write_page_to_file(source=source)
                    self.stdout.write(f"written    {source.name}")
        return {key for side, key in take if side == "file"}

    def _table(self, sources):
        self.stdout.write(f"{'file':<28} {'words':>6} {'blocks':>6} {'reads':>7} {'plan':>7}  reviewed    review")
        for source in sources:
            meta = source.text.meta
            self.stdout.write(
                f"{source.name:<28} {source.words:>6} {len(source.text.blocks):>6} {source.reading_minutes:>4} min"
                f" {meta.get('minutes', '–'):>3} min  {meta.get('reviewed', '–')!s:<10}  {meta.get('review', '–')}"
            )
        self.stdout.write(f"{len(sources)} files are sound.")

    def _sum_up(self, deeds):
        self.stdout.write(", ".join(f"{deeds[deed]} {deed}" for deed in Deed if deeds[deed]) + ".")
        if deeds[Deed.CONFLICT]:
            raise CommandError(
                "File and page have both changed. Decide with “--take file KEY” or “--take page KEY”; nothing was lost."
            )
