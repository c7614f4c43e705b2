"""The palette stays readable: every pair of colours that carries text is measured from tokens.css itself."""

import math
import re
from itertools import product

import pytest

from tests.architecture.sources import ROOT

TOKENS = (ROOT / "lms/static/css/tokens.css").read_text()
COLOUR = re.compile(r"(--[\w-]+):\s*light-dark\(oklch\(([^)]*)\),\s*oklch\(([^)]*)\)\)")
PALETTE = {
    scheme: {token: tuple(map(float, pair[index].split())) for token, *pair in COLOUR.findall(TOKENS)}
    for index, scheme in enumerate(("light", "dark"))
}
KINDS = ("law", "practice", "method", "case", "reflection", "care", "ok", "warn", "bad")
GROUNDS = ("--paper", "--surface", "--sunken")
TEXT = ("--ink", "--ink-soft", "--primary", "--primary-deep", "--accent-ink", *(f"--{kind}" for kind in KINDS))
PAIRS = [
    *product(TEXT, GROUNDS),
    *product(("--ink", "--ink-soft"), (f"--{kind}-wash" for kind in KINDS)),
    *((f"--{kind}", f"--{kind}-wash") for kind in KINDS),
    ("--ink-softer", "--paper"),
    ("--primary", "--primary-wash"),
    ("--accent-ink", "--accent-wash"),
    ("--on-primary", "--primary"),
    ("--on-primary", "--primary-deep"),
]


def linear_rgb(lightness, chroma, hue):
    """Turn oklch into linear sRGB (Björn Ottosson's matrices)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def contrast(one, other):
    """Measure two colours as WCAG does."""
    lighter, darker = sorted(
        (0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in (linear_rgb(*one), linear_rgb(*other))),
        reverse=True,
    )
    return (lighter + 0.05) / (darker + 0.05)


def test_measure_is_the_one_of_wcag():
    black, white = (0, 0, 0), (1, 0, 0)

    assert contrast(black, white) == pytest.approx(21, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_colour_is_readable_on_every_ground(scheme):
    palette = PALETTE[scheme]

    measured = {f"{text} on {ground}": contrast(palette[text], palette[ground]) for text, ground in PAIRS}

    assert {pair: round(ratio, 2) for pair, ratio in measured.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_controls_and_focus_stand_out(scheme):
    palette = PALETTE[scheme]

    edges = [contrast(palette["--edge"], palette[ground]) for ground in GROUNDS]
    ring = max(contrast(palette["--focus"], palette[ground]) for ground in ("--ink", "--paper"))

    assert min(edges) >= 3
    assert ring >= 3
    assert contrast(palette["--ink"], palette["--paper"]) >= 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_is_one_that_every_screen_can_show(scheme):
    outside = {
        token: [round(channel, 4) for channel in linear_rgb(*value)]
        for token, value in PALETTE[scheme].items()
        if not all(-0.0005 <= channel <= 1.0005 for channel in linear_rgb(*value))
    }

    assert outside == {}


def test_components_take_colours_from_tokens_only():
    # White for what a camera reads, and shadows, are the same in every scheme.
    literal = re.compile(
        r"^(?!.*(?:shadow|backdrop|#fff;)).*(?:#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(|oklch\().*;", re.I | re.M
    )
    sheets = sorted((ROOT / "lms/static/css/components").glob("*.css"))

    assert [f"{sheet.name}: {hit}" for sheet in sheets for hit in literal.findall(sheet.read_text())] == []
