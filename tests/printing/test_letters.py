"""Letters: the right glyph is drawn, not only the right code stored (two font files of one family get this wrong)."""

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from printing.lettering import letter_name, printable
from printing.places import FONTS
from printing.press import print_pdf
from tests.printing.reading import raster, text_of
from tests.printing.test_press import document

FACES = {
    "Chance Serif": "chance-serif-regular.ttf",
    "Chance Display": "chance-display-regular.ttf",
    "Chance Sans": "chance-sans-regular.ttf",
}
LETTERS = "ăâîșțĂÂÎȘȚåøæÅØÆéőґЖ"
SIZE = 96


def cropped(picture: Image.Image) -> Image.Image:
    """The ink alone, brought to one size."""
    ink = picture.convert("L").point(lambda value: 255 if value > 160 else 0)
    return picture.convert("L").crop(ImageChops.invert(ink).getbbox()).resize((64, 64))


def likeness(first: Image.Image, second: Image.Image) -> float:
    difference = ImageChops.difference(cropped(first), cropped(second))
    return 1 - sum(value * count for value, count in enumerate(difference.histogram())) / (255 * 64 * 64)


def drawn_directly(letter: str, file: str) -> Image.Image:
    picture = Image.new("L", (4 * SIZE, 4 * SIZE), 255)
    ImageDraw.Draw(picture).text((SIZE, SIZE), letter, font=ImageFont.truetype(FONTS / file, 2 * SIZE), fill=0)
    return picture


@pytest.mark.parametrize(("family", "file"), FACES.items(), ids=FACES)
def test_every_letter_is_extracted_and_drawn_as_the_font_draws_it(family, file):
    style = f"<style>@page {{ size: 60mm; margin: 5mm }} p {{ font: {SIZE}pt '{family}'; break-after: page }}</style>"
    pdf = print_pdf(document("".join(f"<p>{letter}</p>" for letter in LETTERS), head=style))

    assert text_of(pdf).split() == list(LETTERS)
    for number, letter in enumerate(LETTERS, 1):
        assert likeness(raster(pdf, dpi=144, number=number), drawn_directly(letter, file)) > 0.93, letter


def test_likeness_tells_a_comma_from_a_cedilla():
    comma, cedilla = (drawn_directly(letter, FACES["Chance Serif"]) for letter in "ț5")

    assert likeness(comma, comma) == 1
    assert likeness(comma, cedilla) < 0.9


@pytest.mark.parametrize(
    ("name", "size", "direction"),
    [
        ("Ana Ionescu", "short", "ltr"),
        ("Ștefănescu-Țîrlea-Brâncoveanu Åse-Bjørg", "middle", "ltr"),
        ("A" * 84, "long", "ltr"),
        ("A" * 85, "longest", "ltr"),
        ("سميرة عبد الرحمن", "middle", "rtl"),
    ],
)
def test_name_gets_size_and_direction(name, size, direction):
    lettering = letter_name(name)

    assert (lettering.text, lettering.size, lettering.direction) == (name, size, direction)


def test_signs_that_no_font_of_ours_can_draw_are_left_out():
    assert printable("Ana \N{PARTY POPPER} 漢 S\N{COMBINING COMMA BELOW}tefan\n") == "Ana Ștefan"
