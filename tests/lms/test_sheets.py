"""The style sheets of a public server: one file, the same look, small enough for a slow line."""

import re

from django.conf import settings
from django.core.files.storage import FileSystemStorage

import brotli
import pytest

from lms.sheets import OneSheetStorage, join_sheets

OURS = settings.BASE_DIR / "lms" / "static"
ROOMS = ["css", "fonts", "img", "js"]
FONTS = 3


@pytest.fixture
def collected(tmp_path):
    """What `collectstatic` makes of our own files; Wagtail's would only take time."""
    ours = FileSystemStorage(OURS)
    storage = OneSheetStorage(tmp_path / "static", "/static/")
    names = [path.relative_to(OURS).as_posix() for room in ROOMS for path in (OURS / room).rglob("*.*")]
    for name in names:
        with ours.open(name) as file:
            storage.save(name, file)
    problems = [result for _, _, result in storage.post_process({name: (ours, name) for name in names})]
    assert not any(isinstance(problem, Exception) for problem in problems)
    return tmp_path / "static"


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
    assert weight < 94_000


def packed(path):
    return brotli.compress(path.read_bytes())
