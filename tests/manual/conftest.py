"""A small manual in two languages."""

import pytest

from tests.factories.manual import ChapterPageFactory, ManualPageFactory, ModulePageFactory, published


@pytest.fixture
def manual(homes):
    """Pages by language and key: `manual["en"]["m01-1"]`; Norwegian has none."""
    words = {
        "en": ("The manual", "What trafficking is", "The three elements", "What it is not", "Assistance comes first."),
        "ro": ("Manualul", "Ce este traficul", "Cele trei elemente", "Ce nu este", "Asistența vine întâi."),
    }
    pages = {}
    for language, (title, module_title, first, second, sentence) in words.items():
        top = published(ManualPageFactory(parent=homes[language], title=title))
        module = published(ModulePageFactory(parent=top, title=module_title, body=f"{sentence}\n"))
        pages[language] = {
            "manual": top,
            "m01": module,
            "m01-1": published(
                ChapterPageFactory(
                    parent=module,
                    title=first,
                    body=f"## {first} {{#child}}\n\n{sentence} See [there](manual:m01-2#grid).\n",
                )
            ),
            "m01-2": published(
                ChapterPageFactory(
                    parent=module,
                    key="m01-2",
                    number="1.2",
                    title=second,
                    slug="what-it-is-not",
                    body="## Grid {#grid}\n",
                )
            ),
        }
    return pages
