"""The fence: nothing but our own shelves, handed-over pictures and small data pictures reaches a print."""

import http.server
import threading
from base64 import b64encode
from io import BytesIO

import pytest
from PIL import Image

from printing.press import PrintError, print_pdf
from tests.printing.reading import facts_of
from tests.printing.test_press import document


@pytest.fixture(scope="module")
def canary():
    """A listener on this machine that counts who calls."""
    calls = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", calls
    server.shutdown()
    thread.join()
    server.server_close()


def picture(size=(2, 2), kind="PNG") -> bytes:
    stream = BytesIO()
    Image.new("1", size).save(stream, kind)
    return stream.getvalue()


def data(body: bytes, kind: str) -> str:
    return f"data:{kind};base64,{b64encode(body).decode()}"


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{}</svg>'
PAYLOADS = {
    "http": '<img alt="a" src="{canary}/a.png">',
    "https": '<img alt="a" src="https://127.0.0.1:1/a.png">',
    "ftp": '<img alt="a" src="ftp://127.0.0.1/a.png">',
    "file": '<img alt="a" src="file:///etc/passwd">',
    "file-in-capitals": '<img alt="a" src="FILE:///etc/passwd">',
    "no-scheme": '<img alt="a" src="//127.0.0.1:1/a.png">',
    "redirect": '<img alt="a" src="{canary}/redirect">',
    "our-host-by-name": '<img alt="a" src="https://press.invalid/etc/passwd">',
    "other-port-of-our-host": '<img alt="a" src="https://press.invalid:8443/static/img/icons.svg">',
    "user-in-our-host": '<img alt="a" src="https://x@press.invalid/static/img/icons.svg">',
    "up-and-out": '<img alt="a" src="/static/print/../../settings/base.py">',
    "up-and-out-encoded": '<img alt="a" src="/static/print/%2e%2e/%2e%2e/settings/base.py">',
    "up-and-out-doubled": '<img alt="a" src="/static/print/....//....//settings/base.py">',
    "absolute-in-static": '<img alt="a" src="/static//etc/passwd">',
    "nul": '<img alt="a" src="/static/print/base.css%00.png">',
    "screen-style-sheet": '<link rel="stylesheet" href="/static/css/tokens.css">',
    "media-not-handed-over": '<img alt="a" src="/media/prints/secret.png">',
    "style-import": '<style>@import url("{canary}/a.css");</style>',
    "style-sheet": '<link rel="stylesheet" href="{canary}/a.css">',
    "font": '<style>@font-face {{ font-family: x; src: url("{canary}/a.ttf") }} p {{ font-family: x }}</style><p>x',
    "background": '<p style="background: url({canary}/a.png)">x',
    "list-picture": '<ul style="list-style: url({canary}/a.png)"><li>x</ul>',
    "content": '<style>p::before {{ content: url("{canary}/a.png") }}</style><p>x',
    "border-picture": '<p style="border: 1px solid; border-image: url({canary}/a.png) 1">x',
    "object": '<object data="{canary}/a.png" type="image/png">x</object>',
    "embed": '<embed src="{canary}/a.png" type="image/png">',
    "attachment-in-head": '<link rel="attachment" href="file:///etc/passwd">',
    "attachment-as-data": '<link rel="attachment" href="{png}">',
    "attachment-in-text": '<a rel="attachment" href="{canary}/a.txt">x</a>',
    "attachment-of-ours": '<a rel="Attachment nofollow" href="/static/print/base.css">x</a>',
    "base-address": '<base href="{canary}/"><img alt="a" src="a.png">',
    "drawing-in-text": SVG.format('<title>t</title><image href="{canary}/a.png" width="9" height="9"/>'),
    "drawing-as-data": '<img alt="a" src="{svg}">',
    "page-as-data": '<img alt="a" src="data:text/html,x">',
    "text-as-picture": '<img alt="a" src="data:image/png;base64,eHh4">',
}


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_foreign_asset_stops_the_print_and_nobody_is_called(canary, payload):
    address, calls = canary
    drawing = data(SVG.format(f'<image xlink:href="{address}/a.png" width="9" height="9"/>').encode(), "image/svg+xml")
    html = document(payload.format(canary=address, svg=drawing, png=data(picture(), "image/png")))

    with pytest.raises(PrintError) as caught:
        print_pdf(html)

    assert (caught.value.code, calls) == ("blocked_asset", [])


@pytest.mark.parametrize(
    "payload",
    ['<iframe src="{canary}/a.html"></iframe>', '<script src="{canary}/a.js"></script>', '<video src="{canary}/a">'],
    ids=["iframe", "script", "video"],
)
def test_what_paper_does_not_know_is_left_out_and_nobody_is_called(canary, payload):
    address, calls = canary

    pdf = print_pdf(document(f"<p>x</p>{payload.format(canary=address)}"))

    assert (facts_of(pdf)["attachments"], calls) == (0, [])


def test_own_style_sheet_data_picture_and_handed_over_picture_are_printed():
    html = document(
        f'<img alt="a" src="{data(picture(), "image/png")}"><img alt="b" src="/media/images/drawing.jpg">',
        head='<link rel="stylesheet" href="/static/print/tokens.css">',
    )

    assert print_pdf(html, media={"/media/images/drawing.jpg": picture(kind="JPEG")}).pages == 1


@pytest.mark.parametrize("handed_over", [True, False], ids=["media", "data"])
def test_picture_with_too_many_pixels_stops_the_print(handed_over):
    bomb = picture((10_000, 10_000))
    address = "/media/bomb.png" if handed_over else data(bomb, "image/png")

    with pytest.raises(PrintError) as caught:
        print_pdf(document(f'<img alt="a" src="{address}">'), media={"/media/bomb.png": bomb})

    assert caught.value.code == "blocked_asset"


def test_error_speaks_to_people_and_names_the_asset_for_the_log():
    with pytest.raises(PrintError) as caught:
        print_pdf(document('<img alt="a" src="file:///etc/passwd">'))

    assert str(caught.value) == "The document refers to a file that may not be printed."
    assert caught.value.detail == "file:///etc/passwd"
