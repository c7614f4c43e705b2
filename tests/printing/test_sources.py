"""What paper is made from: tokens of the same names as the screen's, fonts with licences, and the epoch over it all."""

import re
import shutil
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader

from fontTools.ttLib import TTFont

from printing import epoch
from printing.places import FONTS, PRINT, PROJECT, STATIC


def script(name: str):
    loader = SourceFileLoader(name, str(PROJECT / "scripts" / name))
    module = module_from_spec(spec_from_loader(name, loader))
    loader.exec_module(module)
    return module


def test_paper_has_the_colours_of_the_screen_under_the_same_names():
    screen = (STATIC / "css" / "tokens.css").read_text()
    names = re.findall(r"--([\w-]+):\s*light-dark", screen)

    paper = (PRINT / "tokens.css").read_text()

    assert re.findall(r"--([\w-]+):", paper) == names
    assert paper == script("make-print-tokens").paper_tokens(screen)


def test_style_sheets_use_tokens_that_exist():
    known = set(re.findall(r"--([\w-]+):", "".join(path.read_text() for path in PRINT.glob("*.css"))))

    used = {name for path in PRINT.glob("*.css") for name in re.findall(r"var\(--([\w-]+)", path.read_text())}

    assert used - known == set()


def test_fonts_carry_names_of_ours_and_their_licences():
    assert sorted(path.name for path in FONTS.glob("*.txt")) == [
        "OFL-amiri.txt",
        "OFL-source-sans-3.txt",
        "OFL-source-serif-4.txt",
    ]
    families = {TTFont(path)["name"].getDebugName(1) for path in FONTS.glob("*.ttf")}
    assert families == {"Chance Serif", "Chance Display", "Chance Sans", "Amiri"}


def test_epoch_is_the_same_until_a_source_changes(monkeypatch, tmp_path):
    for folder in ("templates", "printing"):
        shutil.copytree(PROJECT / folder, tmp_path / folder)
    shutil.copytree(PRINT, tmp_path / "print")
    monkeypatch.setattr(epoch, "PROJECT", tmp_path)
    monkeypatch.setattr(epoch, "TEMPLATES", tmp_path / "templates")
    monkeypatch.setattr(epoch, "PRINT", tmp_path / "print")
    digest = epoch.print_epoch.__wrapped__
    first = digest()
    assert digest() == first

    changed = []
    for source in ("print/base.css", "templates/base_print.html", "templates/blocks/print/law.html"):
        (tmp_path / source).write_text((tmp_path / source).read_text() + "\n")
        changed.append(digest())

    assert len({first, *changed}) == 4
