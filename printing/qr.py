"""Draws the square code that opens an address."""

from base64 import b64encode
from io import BytesIO

import segno

# Error correction M survives a coffee ring; a fixed mask gives the same bytes for the same address. Six pixels per
# module: with one, viewers and copiers that smooth a picture when they enlarge it blur the code until nothing reads it;
# with ten, packing them costs as much as drawing the text.
_MASK = 3
_QUIET_ZONE = 4
_SCALE = 6


def qr_image(address: str) -> str:
    """Draw the code of an address as a `data:` picture; print it at 24 mm or more."""
    picture = BytesIO()
    segno.make(address, error="m", mask=_MASK, micro=False).save(picture, kind="png", scale=_SCALE, border=_QUIET_ZONE)
    return f"data:image/png;base64,{b64encode(picture.getvalue()).decode()}"
