"""Templates: no inline code, nothing from elsewhere, every sentence translatable."""

import re

from django.template.loader import get_template

import pytest

from tests.architecture.sources import ROOT, files, name

TEMPLATES = files("*.html", "*.txt", under=("templates",))
SCREENS = [path for path in TEMPLATES if path.suffix == ".html" and "wagtailadmin" not in path.parts]
SPECIMENS = [ROOT / "templates/pages/style.html"]  # shows the parts to those who build the site, in English
DATA = r"(?![^>]*type=\"(?:application/(?:ld\+)?json|speculationrules)\")"
# Names and signs that are the same in every language.
UNTRANSLATED = re.compile(
    r"Chance|Challenge|Wagtail|PDF|QR|SHA-256|English|Română|Norsk( bokmål)?|\b(EN|RO|NB)\b|\bmin\b|&\w+;|&#\w+;|https?://\S+"
)


def by_name(paths):
    return pytest.mark.parametrize("path", paths, ids=[name(path) for path in paths])


def blank(text, pattern):
    """Take something out and keep the line numbers."""
    return re.sub(pattern, lambda hit: "\n" * hit.group().count("\n"), text, flags=re.S)


def without_comments(text):
    return blank(blank(text, r"\{% comment.*?\{% endcomment %\}"), r"\{#.*?#\}|<!--.*?-->")


def places(path, text, pattern):
    return [
        f"{name(path)}:{text[: hit.start()].count(chr(10)) + 1}: {hit.group().strip()}"
        for hit in re.finditer(pattern, text, flags=re.I)
    ]


@by_name(TEMPLATES)
def test_template_can_be_read(path):
    get_template(str(path.relative_to(ROOT / "templates")))


@by_name(SCREENS)
def test_template_has_no_inline_script_or_style(path):
    text = without_comments(path.read_text())

    assert places(path, text, r"<style\b") == []
    assert places(path, text, rf"<script\b(?![^>]*\ssrc=){DATA}[^>]*>") == []
    assert places(path, text, r"<[a-z][^>{}]*\s(style|on[a-z]+)=[^>\s]*") == []
    assert places(path, text, r"\shref=[\"']javascript:") == []


@by_name(SCREENS)
def test_template_loads_nothing_from_elsewhere(path):
    text = without_comments(path.read_text())

    assert (
        places(path, text, r"<(script|img|link|iframe|source|video|audio)\b[^>]*(src|href|srcset)=\"(https?:)?//[^>]*")
        == []
    )


@by_name(TEMPLATES)
def test_translated_blocks_are_trimmed(path):
    assert places(path, path.read_text(), r"\{%-?\s*blocktrans(late)?\b(?![^%]*\btrimmed\b)[^%]*%\}") == []
    assert places(path, path.read_text(), r"\{%\s*(trans|blocktrans)\b[^%]*%\}") == []


@by_name([path for path in SCREENS if path not in SPECIMENS])
def test_every_visible_sentence_can_be_translated(path):
    text = without_comments(path.read_text())
    text = blank(text, r"\{%-?\s*blocktranslate.*?\{%-?\s*endblocktranslate\s*-?%\}")
    text = blank(text, r"\{%.*?%\}|\{\{.*?\}\}")
    text = blank(text, r"<(script|style|code)\b.*?</\1>")

    attributes = places(
        path, UNTRANSLATED.sub("", text), r"\s(alt|title|placeholder|aria-label)=\"[^\"]*[a-z]{2}[^\"]*\""
    )
    words = places(path, UNTRANSLATED.sub("", blank(text, r"<[^>]*>")), r"[^\W\d_]{2,}.*")

    assert attributes + words == []


def test_style_sheets_load_nothing_from_elsewhere():
    sheets = files("*.css", under=("lms/static",))

    assert [hit for path in sheets for hit in places(path, path.read_text(), r"url\(\s*[\"']?(https?:)?//[^)]*")] == []


def test_scripts_run_no_text_and_write_no_markup():
    scripts = files("*.js", under=("lms/static/js",))
    risky = r"\beval\(|new Function\(|\.innerHTML\s*=|\.outerHTML\s*=|document\.write|insertAdjacentHTML"

    assert [hit for path in scripts for hit in places(path, path.read_text(), risky)] == []


def test_every_component_style_sheet_is_in_use():
    users = [ROOT / "lms/static/css/site.css", *TEMPLATES]
    site = "".join(path.read_text() for path in users)

    forgotten = [
        path.name
        for path in files("*.css", under=("lms/static/css/components",))
        if f"components/{path.name}" not in site
    ]

    assert forgotten == []
