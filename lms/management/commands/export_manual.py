"""Writes the manual back as text files."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lms.content import CONTENT
from manual.services import ManualError, export_terms, export_texts, read_terms, write_file
from quizzes.exchange import QUESTIONS_FILE, TESTS_FILE, write_bank, write_tests
from quizzes.selectors import banks_by_module, knowledge_tests


class Command(BaseCommand):
    help = "Write the manual as it is published into text files; loading them again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--language", action="append", help="Only this language; may be given more than once.")
        parser.add_argument("--folder", type=Path, default=CONTENT, help="Where to write the text files.")

    def handle(self, *, language, folder, **options):
        languages = language or [code for code, _name in settings.LANGUAGES]
        terms, _problems = read_terms(folder if (folder / "rules").is_dir() else CONTENT)
        forms = {
            term.key: {code: list(words.forms) for code, words in term.words.items() if words.forms} for term in terms
        }
        try:
            written = export_texts(folder=folder, languages=languages)
            written += export_terms(folder=folder, forms=forms)
            for module_key, bank in banks_by_module().items():
                for code in [code for code in languages if code in bank.quiz.faces]:
                    name = f"{code}/{module_key}/{QUESTIONS_FILE}"
                    write_file(folder / name, write_bank(bank, code, source_language=settings.LANGUAGE_CODE))
                    written.append(name)
            for code in languages:
                if tests := [test for test in knowledge_tests() if code in test.faces]:
                    name = f"{code}/{TESTS_FILE}"
                    write_file(folder / name, write_tests(tests, code, source_language=settings.LANGUAGE_CODE))
                    written.append(name)
        except ManualError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"] > 1:
            self.stdout.write("\n".join(written))
        self.stdout.write(f"{len(written)} files were written to {folder}.")
