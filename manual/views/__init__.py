"""What the manual answers: to readers, and to editors about translations."""

from manual.views.reading import glossary, manual, page_pdf, read, search, step, tag, to_page
from manual.views.translations import translation, translations

__all__ = ["glossary", "manual", "page_pdf", "read", "search", "step", "tag", "to_page", "translation", "translations"]
