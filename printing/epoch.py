"""Names the state of everything but the text that decides how a print looks."""

import hashlib
from functools import cache
from importlib.metadata import version

from printing.places import PRINT, PROJECT, TEMPLATES


@cache
def print_epoch() -> str:
    """Digest templates, style sheets, fonts and engine, once per process: what a print's stamp says beside its text."""
    digest = hashlib.sha256(f"weasyprint {version('weasyprint')}\n".encode())
    sources = [
        *(path for path in PRINT.rglob("*") if path.is_file()),
        *(path for path in TEMPLATES.rglob("*.html") if "print" in path.stem or path.parent.name == "print"),
        *(PROJECT / "printing").glob("*.py"),
    ]
    for path in sorted(sources):
        digest.update(f"{path.relative_to(PROJECT).as_posix()}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
