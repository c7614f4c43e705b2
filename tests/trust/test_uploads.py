"""Uploaded files: one checked door for images, one for documents, and no other way to a file."""

import io
import struct
import zlib

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from wagtail.models import Collection, CollectionViewRestriction

import pytest

from pages.models import Document, Image
from tests.factories.pages import ImageFactory

pytestmark = [
    pytest.mark.django_db,
    # Wagtail 8.0.1 leaves the temporary file of a new rendition to the garbage collector (2026-11).
    pytest.mark.filterwarnings(
        r"ignore:Exception ignored in. <(function Spooled|_io.FileIO name=\d):pytest.PytestUnraisableExceptionWarning"
    ),
]
PDF = b"%PDF-1.7 a document"


@pytest.fixture
def collection():
    return Collection.get_first_root_node().add_child(name="For trainers")


@pytest.fixture
def close(collection):
    """Close the collection: to people who are signed in, or to a group."""

    def close(kind, *groups):
        restriction = CollectionViewRestriction.objects.create(collection=collection, restriction_type=kind)
        restriction.groups.set(groups)

    return close


@pytest.fixture
def image(collection):
    image = ImageFactory(collection=collection)
    yield image
    image.file.close()


@pytest.fixture
def small(image):
    """The address of the image as a page shows it."""
    rendition = image.get_rendition("width-50")
    rendition.file.close()
    return rendition.url


@pytest.fixture
def document(collection):
    return Document.objects.create(title="Guide", collection=collection, file=ContentFile(PDF, "guide.pdf"))


def fetch(client, address):
    """Get a file and read all of it, as a browser does."""
    response = client.get(address)
    response.close()
    return response


def bomb(side):
    """A PNG of `side` × `side` pixels in a few kilobytes."""
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    row = b"\0" * (side // 8 + 1)
    packer = zlib.compressobj(9)
    data = b"".join([*(packer.compress(row) for _ in range(side)), packer.flush()])

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


# --- Images -----------------------------------------------------------------------------------------------------------


def test_image_made_for_a_page_is_shown_to_everyone_and_never_run(client, small):
    response = fetch(client, small)

    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=86400"


def test_image_of_a_closed_collection_is_not_there_for_strangers(client, browser_of, ana, small, close):
    close("login")

    assert client.get(small).status_code == 404
    opened = fetch(browser_of(ana), small)
    assert (opened.status_code, opened["Cache-Control"]) == (200, "private, no-store")


def test_image_of_a_group_is_not_there_for_others(browser_of, carol, elena, small, close):
    close("groups", elena.groups.get())

    assert browser_of(carol).get(small).status_code == 404
    assert fetch(browser_of(elena), small).status_code == 200


def test_image_as_uploaded_is_for_the_cms_only(client, browser_of, ana, elena, image):
    assert client.get(image.file.url).status_code == 404
    assert browser_of(ana).get(image.file.url).status_code == 404
    assert fetch(browser_of(elena), image.file.url).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "",
        "nothing.png",
        "../db.sqlite3",
        "%2e%2e/db.sqlite3",
        "/etc/passwd",
        "images/../../db.sqlite3",
        "a%00b",
        "ș" * 300,
    ],
)
def test_no_other_name_leads_to_a_file(client, name):
    assert client.get(f"/media/{name}", follow=True).status_code == 404


def test_file_that_was_lost_is_a_plain_404(client, image, small):
    image.file.storage.delete(image.renditions.get().file.name)

    assert client.get(small).status_code == 404


# --- Documents --------------------------------------------------------------------------------------------------------


def test_document_has_no_address_but_the_checked_one(client, document):
    assert client.get(document.file.url).status_code == 404

    response = fetch(client, document.url)

    assert response.status_code == 200
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_document_of_a_closed_collection_asks_strangers_to_sign_in(client, browser_of, ana, document, close):
    close("login")

    assert client.get(document.url)["Location"].startswith("/accounts/login/?next=/documents/")
    assert fetch(browser_of(ana), document.url).status_code == 200


def test_document_of_a_group_is_not_there_for_other_people(browser_of, carol, elena, document, close):
    close("groups", elena.groups.get())

    assert browser_of(carol).get(document.url).status_code == 404
    assert fetch(browser_of(elena), document.url).status_code == 200


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "program.exe", "script.js", "macro.xlsm"])
def test_document_that_browsers_could_run_is_refused(browser_of, elena, name):
    browser_of(elena).post(
        reverse("wagtaildocs:add"), {"title": "x", "file": SimpleUploadedFile(name, b"<script>alert(1)</script>")}
    )

    assert not Document.objects.exists()


# --- Bombs ------------------------------------------------------------------------------------------------------------


def upload(browser, name, content):
    root = Collection.get_first_root_node()
    file = SimpleUploadedFile(name, content, content_type="image/png")
    return browser.post(reverse("wagtailimages:add"), {"title": "x", "file": file, "collection": root.pk})


@pytest.mark.parametrize("side", [7_000, 10_000, 20_000], ids=lambda side: f"{side}×{side}")
def test_image_of_too_many_pixels_is_refused_with_a_reason(browser_of, elena, side):
    response = upload(browser_of(elena), "bomb.png", bomb(side))

    assert response.status_code == 200
    assert "too many pixels" in response.content.decode()
    assert not Image.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cut.png", bomb(2_000)[:300]),
        ("page.png", b"<html><script>alert(1)</script></html>"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("empty.png", b""),
    ],
    ids=["cut", "html", "svg", "empty"],
)
def test_file_that_is_no_image_is_refused(browser_of, elena, name, content):
    response = upload(browser_of(elena), name, content)

    assert response.status_code == 200
    assert not Image.objects.exists()


def test_proper_image_is_kept(browser_of, elena):
    buffer = io.BytesIO(bomb(64))

    response = upload(browser_of(elena), "small.png", buffer.getvalue())

    assert response.status_code == 302
    assert Image.objects.count() == 1
