"""The deeds of the manual."""

from manual.services.errors import ManualError
from manual.services.folder import Source, read_folder
from manual.services.loading import Deed, Outcome, load_sources, write_page_to_file

__all__ = ["Deed", "ManualError", "Outcome", "Source", "load_sources", "read_folder", "write_page_to_file"]
