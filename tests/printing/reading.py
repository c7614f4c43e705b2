"""Reads what a PDF says: words, tags, languages, fonts, attachments, pixels."""

import subprocess
from io import BytesIO

import page as page_validation
import pdfplumber
import pikepdf
from PIL import Image


def text_of(pdf: bytes) -> str:
    with pdfplumber.open(BytesIO(pdf)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def tags_of(pdf: bytes) -> list[tuple[str, str]]:
    """Every structure element as (kind, language), in reading order."""
    found = []

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append((str(node.S)[1:], str(node.get("/Lang", ""))))
            walk(node.get("/K"))

    with pikepdf.open(BytesIO(pdf)) as document:
        walk(document.Root.StructTreeRoot)
    return found


def facts_of(pdf: bytes) -> dict:
    with pikepdf.open(BytesIO(pdf)) as document:
        names = document.Root.get("/Names", {})
        return {
            "language": str(document.Root.Lang),
            "title": str(document.docinfo.get("/Title", "")),
            "pages": len(document.pages),
            "attachments": len(document.attachments) + ("/EmbeddedFiles" in names),
        }


def fonts_of(pdf: bytes) -> set[str]:
    """The families whose glyphs are embedded."""
    with pikepdf.open(BytesIO(pdf)) as document:
        fonts = {str(entry.FontName) for entry in document.objects if _is(entry, "/FontDescriptor")}
    return {name.removeprefix("/").split("+")[-1] for name in fonts}


def _is(entry, kind: str) -> bool:
    return isinstance(entry, pikepdf.Dictionary) and entry.get("/Type") == kind


def faults_of(pdf: bytes) -> list[str]:
    """What PDF/UA-1 has against it."""
    result = page_validation.validate_pdf_bytes(bytes(pdf), profile="ua1")
    return [] if result.is_compliant else [f"{failure.rule_id}: {failure.message}" for failure in result.failures]


def raster(pdf: bytes, *, dpi: int = 150, number: int = 1) -> Image.Image:
    """One page as a grey picture."""
    command = ["pdftoppm", "-r", str(dpi), "-f", str(number), "-l", str(number), "-gray", "-singlefile", "-"]
    return Image.open(BytesIO(subprocess.run(command, input=pdf, capture_output=True, check=True).stdout))
