"""The deeds of the manual."""

from manual.services.errors import ManualError
from manual.services.folder import Source, read_folder, waits_for
from manual.services.indexing import index_page
from manual.services.loading import Deed, Outcome, load_sources, write_page_to_file
from manual.services.prints import ensure_print, failure_name, print_in_background, print_manuscript

__all__ = [
    "Deed",
    "ManualError",
    "Outcome",
    "Source",
    "ensure_print",
    "failure_name",
    "index_page",
    "load_sources",
    "print_in_background",
    "print_manuscript",
    "read_folder",
    "waits_for",
    "write_page_to_file",
]
