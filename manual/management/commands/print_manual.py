"""Prints a chapter, a module or a scenario of the manual into a file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from manual import selectors
from manual.models import ChapterPage, ManualPage, ModulePage, ScenarioPage
from manual.services import print_manuscript
from printing.press import PrintError

MODELS = {"chapter": ChapterPage, "module": ModulePage, "scenario": ScenarioPage, "manual": ManualPage}


class Command(BaseCommand):
    help = "Print a chapter, a module or a scenario of the manual, as it is published now, into a PDF."

    def add_arguments(self, parser):
        parser.add_argument("--what", choices=[*MODELS], required=True)
        parser.add_argument("--key", required=True, help="The permanent key, such as m01-1.")
        parser.add_argument("--language", default="en", help="The language of the text, such as ro.")
        parser.add_argument("--out", type=Path, required=True, help="The file to write.")

    def handle(self, *, what, key, language, out, **options):
        pages = MODELS[what].objects.live().filter(key=key, locale__language_code=language)
        page = pages.select_related("locale").first()
        if page is None:
            raise CommandError(f"There is no published {what} “{key}” in the language “{language}”.")
        try:
            pdf = print_manuscript(selectors.manuscript_of(page))
            out.write_bytes(pdf)
        except (PrintError, OSError) as error:
            raise CommandError(f"{out} was not written: {error}") from error
        self.stdout.write(f"{out}: {getattr(page, 'number', '')} {page.title}, {len(pdf) // 1024} kB.")
