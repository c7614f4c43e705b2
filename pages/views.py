"""The style page: every part of the site, on one sheet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pages.forms import SpecimenForm
from pages.selectors import Link

# The tokens of tokens.css that are colours, in its order.
COLOURS = [
    "paper",
    "surface",
    "sunken",
    "ink",
    "ink-soft",
    "ink-softer",
    "rule",
    "edge",
    "primary",
    "primary-deep",
    "primary-wash",
    "on-primary",
    "accent",
    "accent-ink",
    "accent-wash",
    "focus",
    "law",
    "law-wash",
    "practice",
    "practice-wash",
    "method",
    "method-wash",
    "case",
    "case-wash",
    "reflection",
    "reflection-wash",
    "care",
    "care-wash",
    "ok",
    "ok-wash",
    "warn",
    "warn-wash",
    "bad",
    "bad-wash",
]
SIZES = ["display", "h1", "h2", "h3", "h4", "lead", "reading", "ui", "small", "caption"]


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Show every part with its states, for those who build and those who check."""
    specimen = {
        "colours": COLOURS,
        "sizes": SIZES,
        "icons": sprite_icons(),
        "form": SpecimenForm(initial={"name": "Ștefania Vlad"}),
        "wrong": SpecimenForm({"name": "", "reason": "", "language": "xx", "read": ""}),
        "trail": [Link("Manual", "#"), Link("1 What trafficking is, and the law", "#"), Link("1.1", "", current=True)],
    }
    return render(request, "pages/style.html", specimen)
