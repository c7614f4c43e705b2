"""The deeds of the manual."""

from manual.services.checking import check_texts, read_rules
from manual.services.errors import ManualError
from manual.services.exporting import export_terms, export_texts, write_file
from manual.services.folder import Source, read_folder, waits_for
from manual.services.glossary import load_terms, read_terms
from manual.services.indexing import index_page
from manual.services.loading import Deed, Outcome, load_sources, write_page_to_file
from manual.services.prints import ensure_print, failure_name, print_in_background, print_manuscript
from manual.services.spelling import can_spell, misspelled
from manual.services.translations import mark_translation_checked

__all__ = [
    "Deed",
    "ManualError",
    "Outcome",
    "Source",
    "can_spell",
    "check_texts",
    "ensure_print",
    "export_terms",
    "export_texts",
    "failure_name",
    "index_page",
    "load_sources",
    "load_terms",
    "mark_translation_checked",
    "misspelled",
    "print_in_background",
    "print_manuscript",
    "read_folder",
    "read_rules",
    "read_terms",
    "waits_for",
    "write_file",
    "write_page_to_file",
]
