"""Sets people's names: which size, which direction, and which signs our fonts can draw."""

import unicodedata
from dataclasses import dataclass
from functools import cache

from fontTools.ttLib import TTFont

from printing.places import FONTS

# The faces a name may be drawn with.
_FACES = ("chance-display-semibold.ttf", "amiri-regular.ttf")
# Up to this many letters a name keeps this size; measured for a line of 182 mm and a box of two to four lines.
_SIZES = ((30, "short"), (48, "middle"), (84, "long"))


@dataclass(frozen=True)
class Lettering:
    """A name as it is printed."""

    text: str
    size: str
    direction: str


def letter_name(name: str) -> Lettering:
    """Choose size and direction for a name and leave out what no font of ours can draw, such as emoji."""
    text = printable(name)
    size = next((size for letters, size in _SIZES if len(text) <= letters), "longest")
    # Arabic letters are drawn high and wide: one size less keeps them in their box.
    direction = direction_of(text)
    return Lettering(text, "middle" if direction == "rtl" and size == "short" else size, direction)


def direction_of(text: str) -> str:
    """Tell from the first strong letter whether a text runs from right to left."""
    strong = (unicodedata.bidirectional(sign) for sign in text)
    return "rtl" if next((kind for kind in strong if kind in {"L", "R", "AL"}), "L") in {"R", "AL"} else "ltr"


def printable(text: str) -> str:
    """Drop the signs that our fonts cannot draw and tidy the spaces left behind."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(sign for sign in composed if sign.isspace() or ord(sign) in _signs()).split())


@cache
def _signs() -> frozenset[int]:
    signs: set[int] = set()
    for face in _FACES:
        with TTFont(FONTS / face) as font:
            signs |= font.getBestCmap().keys()
    return frozenset(signs)
