"""Tags of the paper: codes, names, dates, fingerprints."""

from datetime import date

from django import template
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language

from printing.lettering import Lettering, letter_name, printable
from printing.qr import qr_image

register = template.Library()


@register.filter
def qr(address: str) -> str:
    """Draw the square code of an address as a picture to be put into `src`."""
    return qr_image(address)


@register.filter
def lettered(name: str) -> Lettering:
    """Set a person's name: text, size and direction."""
    return letter_name(name)


@register.filter
def drawable(text: str) -> str:
    """Leave out what no font of ours can draw."""
    return printable(text)


@register.filter
def day(value: date | None) -> str:
    """Write a date as documents do: 10 November 2026, 10 noiembrie 2026, 10. november 2026."""
    return _written(value, "j F Y") if value else ""


@register.filter
def period(starts: date, ends: date | None) -> str:
    """Write the days from one date to another and no part of them twice."""
    if ends is None or starts == ends:
        return day(starts)
    if starts.year != ends.year:
        first = day(starts)
    elif starts.month != ends.month:
        first = _written(starts, "j F")
    else:
        first = _written(starts, "j")
    return f"{first} – {day(ends)}"


def _written(value: date, pattern: str) -> str:
    # Romanian and Norwegian write months small; Norwegian puts a full stop behind the day.
    if (get_language() or "").startswith("nb"):
        pattern = pattern.replace("j", "j.")
    text = format_date(value, pattern)
    return unbroken(text if (get_language() or "").startswith("en") else text.lower())


@register.filter
def unbroken(text: str) -> str:
    """Keep a date or a number with its unit on one line."""
    return str(text).replace(" ", "\N{NO-BREAK SPACE}")


@register.filter
def fingerprint(stamp: str) -> str:
    """Give the first twelve signs of a stamp in fours, as they are read aloud over the telephone."""
    return " ".join(stamp[start : start + 4] for start in range(0, 12, 4))


@register.filter
def in_fours(token: str) -> list[str]:
    """Cut a long code into groups of four."""
    return [token[start : start + 4] for start in range(0, len(token), 4)]


@register.filter
def bare_address(url: str) -> str:
    """Show an address as people type it."""
    return url.split("://", 1)[-1].rstrip("/")
