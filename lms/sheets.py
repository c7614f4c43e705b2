"""Joins the style sheets into one for a public server; while building, and in the demonstration, they stay apart."""

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile

from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "css/site.css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\)(?: layer\((?P<layer>[\w-]+)\))?(?: (?P<media>[^;]+))?;')
ADDRESS = re.compile(r'url\("(?!data:|/|https?:)([^"]+)"\)')


class OneSheetStorage(CompressedManifestStaticFilesStorage):
    """Collects site.css with its imports inside: one request on a slow line instead of thirty, and half the weight."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: object) -> Iterator[Any]:
        if SHEET in paths and not dry_run:
            sheets = {name: place for name, place in paths.items() if name.endswith(".css")}
            joined = join_sheets(SHEET, lambda name: _read(*sheets[name]))
            self.delete(SHEET)
            paths[SHEET] = (self, self._save(SHEET, ContentFile(joined.encode())))
        yield from super().post_process(paths, dry_run, **options)


def join_sheets(name: str, read: Callable[[str], str]) -> str:
    """Put imported sheets where they are imported, in their layer and medium, without comments and indents."""
    folder = posixpath.dirname(name)

    def imported(match: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(folder, match["path"]))
        inside = posixpath.relpath(posixpath.dirname(path), folder)
        text = ADDRESS.sub(
            lambda address: f'url("{posixpath.normpath(posixpath.join(inside, address[1]))}")', join_sheets(path, read)
        )
        if match["layer"]:
            text = f"@layer {match['layer']}{{\n{text}\n}}"
        return f"@media {match['media']}{{\n{text}\n}}" if match["media"] else text

    text = IMPORT.sub(imported, COMMENT.sub("", read(name)))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _read(storage: Any, path: str) -> str:
    with storage.open(path) as file:
        return file.read().decode()
