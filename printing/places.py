"""Says where the files of the paper lie."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
TEMPLATES = PROJECT / "templates"
STATIC = PROJECT / "lms" / "static"
PRINT = STATIC / "print"
FONTS = PRINT / "fonts"
FONT_CONFIGURATION = Path(__file__).resolve().parent / "fonts.conf"
