"""The style sheets of a public server: one file, the same look, small enough for a slow line."""

import re

from django.core.management import call_command

import brotli
import pytest

from lms.sheets import join_sheets

FONTS = 3


@pytest.fixture
def collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "lms.sheets.OneSheetStorage"}}
    call_command("collectstatic", verbosity=0, interactive=False)
    return settings.STATIC_ROOT


def test_sheets_are_joined_in_their_layers_with_their_addresses():
    sheets = {
        "css/site.css": '@layer base, paper;\n@import url("parts/a.css") layer(base);\n'
        '@import url("b.css") layer(paper) print;',
        "css/parts/a.css": '/* a */\n.a { background: url("../img/a.svg"); }',
        "css/b.css": '.b { background: url("data:image/svg+xml,a"); }',
    }

    assert join_sheets("css/site.css", sheets.__getitem__).splitlines() == [
        "@layer base, paper;",
        "@layer base{",
        '.a { background: url("img/a.svg"); }',
        "}",
        "@media print{",
        "@layer paper{",
        '.b { background: url("data:image/svg+xml,a"); }',
        "}",
        "}",
    ]


def test_public_server_sends_one_sheet_whose_fonts_exist(collected):
    [sheet] = collected.glob("css/site.????????????.css")
    text = sheet.read_text()

    fonts = re.findall(r'url\("([^"]+\.woff2)"\)', text)
    assert "@import" not in text
    assert len(fonts) == FONTS
    assert all((sheet.parent / font).exists() for font in fonts)


def test_frame_of_a_first_visit_leaves_room_for_a_chapter_under_100_kb(collected):
    [sheet] = collected.glob("css/site.????????????.css")
    parts = [
        *collected.glob("fonts/*.????????????.woff2"),
        *collected.glob("img/*.????????????.svg"),
        *collected.glob("js/focus-notice.????????????.js"),
        *collected.glob("js/leave-at-once.????????????.js"),
    ]

    # Fonts are packed already; everything else travels as Brotli.
    weight = sum(part.stat().st_size if part.suffix == ".woff2" else len(packed(part)) for part in [sheet, *parts])

    assert len(parts) >= FONTS + 3
    assert weight < 93_000


def packed(path):
    return brotli.compress(path.read_bytes())
