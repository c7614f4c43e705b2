"""The parts of the screens: icons, style sheets, fields, the page that shows them all."""

import re
from pathlib import Path

from django import forms
from django.template.loader import render_to_string

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "lms" / "static"
SPRITE = set(re.findall(r'<(?:symbol|path) id="([a-z]+)"', (STATIC / "img" / "icons.svg").read_text()))
SHEETS = sorted((STATIC / "css").rglob("*.css"))


class Specimen(forms.Form):
    name = forms.CharField(help_text="As on your document.", widget=forms.TextInput(attrs={"placeholder": "Name"}))
    days = forms.MultipleChoiceField(choices=[("1", "Monday")], widget=forms.CheckboxSelectMultiple, required=False)


def drawn(field, **context):
    return BeautifulSoup(render_to_string("components/form_field.html", {"field": field, **context}), "html.parser")


def test_every_icon_in_a_template_is_in_the_sprite():
    used = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'\{% icon ["\']([a-z]+)["\']', path.read_text())
    }

    assert used - SPRITE == set()


def test_every_import_and_font_of_the_style_sheets_is_there():
    missing = [
        f"{sheet.name}: {target}"
        for sheet in SHEETS
        for target in re.findall(r'url\("([^"]+)"\)', sheet.read_text())
        if not target.startswith("data:") and not (sheet.parent / target).exists()
    ]

    assert missing == []


def test_icon_with_a_label_speaks_and_without_one_is_silent():
    page = BeautifulSoup(render_to_string("components/notice.html", {"kind": "ok", "title": "Saved."}), "html.parser")

    assert page.svg["aria-hidden"] == "true"


@pytest.mark.parametrize(
    ("kind", "role"), [("info", "status"), ("success", "status"), ("warning", "status"), ("error", "alert")]
)
def test_notice_interrupts_only_for_an_error(kind, role):
    page = BeautifulSoup(render_to_string("components/notice.html", {"kind": kind, "title": "So."}), "html.parser")

    assert page.div["role"] == role


def test_field_comes_as_label_help_error_input():
    page = drawn(Specimen({})["name"])

    parts = [part.get("class", [part.name])[0] for part in page.select_one(".field--error").find_all(recursive=False)]
    assert parts == ["field__label", "field__help", "field__errors", "input"]


def test_field_points_to_its_help_and_its_error():
    page = drawn(Specimen({})["name"])

    said_by = page.input["aria-describedby"].split()
    assert [page.find(id=name) is not None for name in said_by] == [True, True]
    assert page.input["aria-invalid"] == "true"
    assert page.label["for"] == page.input["id"]


def test_field_has_no_placeholder_for_a_label():
    assert not drawn(Specimen()["name"]).input.has_attr("placeholder")


def test_choices_are_grouped_under_their_question():
    page = drawn(Specimen()["days"])

    assert page.fieldset.legend.get_text(" ", strip=True) == "Days (optional)"
    assert page.select_one("label.check input")["type"] == "checkbox"


def test_style_page_shows_every_icon_and_colour(client, homes):
    page = BeautifulSoup(client.get("/en/style/").content, "html.parser")

    icons = {use["href"].split("#")[1] for use in page.select("main use")}
    colours = page.select(".swatch i")
    assert SPRITE - {"amp"} <= icons
    assert len(colours) == len(re.findall(r"light-dark\(", (STATIC / "css" / "tokens.css").read_text())) - 1
