"""Lays out HTML and writes the PDF; runs inside the worker only."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from urllib.parse import urljoin

import pydyf
from weasyprint import CSS, HTML
from weasyprint.pdf import tags
from weasyprint.text.fonts import FontConfiguration

from printing.fetcher import BASE_URL, BlockedAsset, FencedFetcher
from printing.places import PRINT

PROFILES = {"ua-1": "pdf/ua-1"}

_build_box_tree = tags._build_box_tree


def _with_language(box: Any, *args: Any) -> Iterator[pydyf.Dictionary]:
    """Write the `lang` of an inner element into its tag, so that a foreign phrase is read aloud rightly.

    WeasyPrint tags the language of the whole document only; this reaches into its private parts, and a test
    tells us when they move.
    """
    element = getattr(getattr(box, "_box", box), "element", None)
    language = None if element is None or element.tag == "html" else element.attrib.get("lang")
    for tag in _build_box_tree(box, *args):
        if language and "Lang" not in tag:
            tag["Lang"] = pydyf.String(language)
        yield tag


tags._build_box_tree = _with_language


@cache
def fonts() -> FontConfiguration:
    """Our fonts, loaded once per worker."""
    return FontConfiguration()


@cache
def style_sheet(url: str, settled: bool) -> CSS:
    """One of our style sheets, parsed once per worker.

    Where no class of the document says otherwise, its variables are put in beforehand: the engine would solve and
    check each of them for each element, which is a tenth of the time of a certificate.
    """
    fetcher = FencedFetcher()
    text = fetcher.fetch(url).read().decode()
    if settled:
        text = re.sub(r"var\(--([a-z-]+)\)", lambda match: _variables().get(match[1], match[0]), text)
    return CSS(string=text, base_url=url, url_fetcher=fetcher, font_config=fonts())


@cache
def _variables() -> dict[str, str]:
    """What the variables of our paper stand for."""
    sheets = (PRINT / name for name in ("tokens.css", "base.css"))
    return {
        name: value
        for sheet in sheets
        for name, value in re.findall(r"^  --([a-z-]+): (.+);$", sheet.read_text(), re.M)
    }


def render_pdf(html: str, *, profile: str, media: Mapping[str, bytes]) -> tuple[bytes, int]:
    """Print one document; give its bytes and the number of its pages."""
    fetcher = FencedFetcher(media)
    document = HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher)
    # A <base> could point every later address elsewhere, an attachment could carry a file out of the house.
    for element in document.etree_element.iter("base"):
        raise BlockedAsset(f"<base href={element.get('href')!r}>")
    sheets, settled = [], not document.etree_element.get("class")
    for element in list(document.etree_element.iter()):
        relation = (element.get("rel") or "").lower().split()
        if "attachment" in relation:
            raise BlockedAsset(f"attachment {element.get('href')!r}")
        if element.tag == "link" and "stylesheet" in relation:
            sheets.append(style_sheet(urljoin(BASE_URL, element.get("href") or ""), settled))
            element.attrib.clear()
    options = {"pdf_variant": PROFILES[profile], "pdf_tags": True, "stylesheets": sheets}
    laid_out = document.render(font_config=fonts(), **options)
    pdf = laid_out.write_pdf(**options)
    if fetcher.refused:
        raise fetcher.refused[0]
    return pdf, len(laid_out.pages)
