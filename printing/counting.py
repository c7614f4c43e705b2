"""Counts the pages of a PDF that we printed ourselves."""

import re
import zlib

_STREAM = re.compile(rb"/Type\s*/ObjStm\b.*?stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_COUNT = re.compile(rb"/Type\s*/Pages\b[^<>]*?/Count\s+(\d+)")  # bookmarks have a count of their own


def page_count(pdf: bytes) -> int:
    """Read the count from the page tree; WeasyPrint keeps it in a compressed stream of objects."""
    trees = [pdf, *(zlib.decompress(stream) for stream in _STREAM.findall(pdf))]
    return max((int(count) for tree in trees for count in _COUNT.findall(tree)), default=0)
