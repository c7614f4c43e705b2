"""The style page: every part of the site, on one sheet."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pages.forms import SpecimenForm
from pages.selectors import Link

SIZES = ["display", "h1", "h2", "h3", "h4", "lead", "reading", "ui", "small", "caption"]


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Show every part with its states, for those who build and those who check."""
    specimen = {
        "colours": _names_in("css/tokens.css", r"^\s*--([a-z-]+):\s*light-dark"),
        "icons": _names_in("img/icons.svg", r'<symbol id="([a-z]+)"'),
        "sizes": SIZES,
        "form": SpecimenForm(initial={"name": "Ștefania Vlad", "language": "ro"}),
        "wrong": SpecimenForm({"language": "en"}),
        "trail": [Link("Manual", "#main"), Link("1 What trafficking is, and the law", "#main"), Link("1.1", "")],
        "steps": ["full", "full", "part", ""],
        "files": [
            {"url": "#main", "label": "English", "note": "PDF, 8 pages, 210 kB"},
            {"url": "#main", "label": "Română", "note": "PDF, 8 pagini, 214 kB", "language": "ro"},
            {"url": "#main", "label": "Norsk", "note": "PDF, 8 sider, 209 kB", "language": "nb"},
        ],
        "facts": [("Number", "CC-2026-00147"), ("Hours attended", "24 hours"), ("Issued", "18 December 2026")],
        "verdicts": [
            ("valid", "This certificate is valid"),
            ("revoked", "This certificate was revoked"),
            ("replaced", "There is a newer copy of this certificate"),
            ("unknown", "We have no certificate with this code"),
        ],
    }
    return render(request, "pages/style.html", specimen)


def _names_in(path: str, pattern: str) -> list[str]:
    """Read names from a static file, so that the page shows what there is."""
    return re.findall(pattern, Path(finders.find(path)).read_text(encoding="utf-8"), flags=re.MULTILINE)
