"""Serves the press only what belongs on our paper: its own static files, handed-over media, and small data images."""

import mimetypes
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PIL import Image
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from printing.places import STATIC

# Documents refer to "/static/…" and "/media/…"; a host that can never exist makes these addresses absolute.
BASE_URL = "https://press.invalid/"
_HOST = "press.invalid"
_SHELVES = (STATIC / "print", STATIC / "img")
_IMAGES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
_MAX_PIXELS = 40_000_000
_MAX_BYTES = 25 * 1024 * 1024


class BlockedAsset(FatalURLFetchingError):
    """A document asked for something that is not ours to print; the print stops there."""

    def __init__(self, url: str):
        self.url = url if len(url) <= 120 else url[:119] + "…"
        super().__init__(self.url)


class FencedFetcher(URLFetcher):
    """Answer from the shelves and the handed-over media; never from the network, never from other files."""

    def __init__(self, media: Mapping[str, bytes] | None = None):
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self._media = media or {}
        self.refused: list[BlockedAsset] = []

    def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
        try:
            return self._fetch(url, headers)
        except BlockedAsset as refusal:
            # Noted as well as raised: while a drawing is drawn the engine swallows every exception there is.
            self.refused.append(refusal)
            raise

    def _fetch(self, url: str, headers: dict | None) -> URLFetcherResponse:
        if url[:5].lower() == "data:":
            return self._data_image(url, headers)
        path = _own_path(url)
        if path in self._media:
            return self._checked(url, self._media[path], mimetypes.guess_type(path)[0] or "")
        file = _shelved_file(path)
        if file is None:
            raise BlockedAsset(url)
        return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": mimetypes.guess_type(file.name)[0] or ""})

    def _data_image(self, url: str, headers: dict | None) -> URLFetcherResponse:
        if len(url) > _MAX_BYTES:
            raise BlockedAsset(url)
        try:
            response = super().fetch(url, headers)
        except (ValueError, OSError) as error:
            raise BlockedAsset(url) from error
        return self._checked(url, response.read(), response.content_type)

    def _checked(self, url: str, body: bytes, content_type: str) -> URLFetcherResponse:
        if content_type not in _IMAGES or len(body) > _MAX_BYTES:
            raise BlockedAsset(url)
        try:
            with Image.open(BytesIO(body)) as image:
                pixels = image.width * image.height * getattr(image, "n_frames", 1)
        except Exception as error:
            raise BlockedAsset(url) from error
        if pixels > _MAX_PIXELS:
            raise BlockedAsset(url)
        return URLFetcherResponse(url, body, {"Content-Type": content_type})


def _own_path(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.netloc != _HOST:
        raise BlockedAsset(url)
    return unquote(parts.path)


def _shelved_file(path: str) -> Path | None:
    if not path.startswith("/static/") or "\0" in path:
        return None
    file = (STATIC / path.removeprefix("/static/")).resolve()
    return file if any(file.is_relative_to(shelf) for shelf in _SHELVES) and file.is_file() else None
