"""The public check, as a stranger meets it: enough to trust a paper, never a name."""

from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.crypto import get_random_string

import pytest
from bs4 import BeautifulSoup

from certificates import services
from certificates.codes import ALPHABET
from certificates.forms import LARGEST_FILE

pytestmark = pytest.mark.usefixtures("homes")
NAME = "Ana Munteanu"


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet(db):
    caches["default"].clear()


def said(response):
    page = BeautifulSoup(response.content, "html.parser")
    return " ".join(page.select_one("main").get_text(" ").split())


def verdict(response):
    page = BeautifulSoup(response.content, "html.parser")
    return page.select_one("#verdict").get_text()


def fact(response, word):
    page = BeautifulSoup(response.content, "html.parser")
    found = page.find("dt", string=word)
    return found and found.find_next("dd").get_text()


@pytest.fixture
def address(certificate):
    return f"/verify/{certificate.token}/"


def test_check_is_a_form_for_everybody(client):
    response = client.get("/verify/")

    assert response.status_code == 200
    assert "Verification code" in said(response)


def test_valid_certificate_shows_the_least_that_is_useful(client, address, certificate):
    response = client.get(address)

    assert (response.status_code, verdict(response)) == (200, "This certificate is valid")
    assert fact(response, "Number") == certificate.number
    assert fact(response, "Course") == "Consiliere și asistență"
    assert fact(response, "Name you typed") is None
    assert fact(response, "Hours attended") == "3\xa0h (4 academic hours of 45 minutes)"


def test_no_page_about_a_certificate_holds_a_name(client, address, certificate, stefan):
    pages = [client.get(address), client.post(address, {"name": NAME}), client.post(address, {"name": "Ana Pop"})]
    copy = services.replace_certificate(certificate=certificate, by=stefan, recipient=NAME, reason="Nume.")
    pages.append(client.get(address))
    services.revoke_certificate(certificate=copy, by=stefan, reason="Ana Munteanu was somebody else.")
    pages.append(client.get(f"/verify/{copy.token}/"))

    for page in pages:
        assert page.status_code == 200
        html = page.content.decode()
        assert "Munteanu" not in html
        assert "Ana" not in html.replace("Analy", "")
        assert "somebody else" not in html


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("Ana Munteanu", "matches"),
        ("MUNTEANU, ana", "matches"),
        ("Ana Munteanu-Pop", "does not match"),
        ("Munteanu", "does not match"),
    ],
)
def test_typed_name_matches_or_does_not(name, answer, client, address):
    response = client.post(address, {"name": name})

    assert (response.status_code, fact(response, "Name you typed")) == (200, answer)


@pytest.mark.parametrize("name", ["", "🌻", "x" * 300], ids=["empty", "no letters", "too long"])
def test_what_is_no_name_is_asked_for_again(name, client, address):
    response = client.post(address, {"name": name})

    assert (response.status_code, fact(response, "Name you typed")) == (422, None)


@pytest.mark.parametrize(
    "change", [str.lower, lambda token: "-".join(token), lambda token: f" {token} "], ids=["small", "dashes", "spaces"]
)
def test_code_is_understood_however_it_is_typed(change, client, certificate, address):
    response = client.post("/verify/", {"code": change(certificate.token)}, follow=True)

    assert response.redirect_chain == [(address, 302)]
    assert verdict(response) == "This certificate is valid"
    assert verdict(client.get(f"/verify/{change(certificate.token).strip()}/")) == "This certificate is valid"


def test_wrong_codes_all_get_the_same_answer(client, certificate):
    token = certificate.token
    swapped = token[:-1] + ("0" if token[-1] != "0" else "1")
    answers = set()
    for wrong in (swapped, token[:-1], token + "0", "U" * 26, certificate.number, "x" * 5_000, "ș", "%25"):
        for response in (client.get(f"/verify/{wrong}/"), client.post("/verify/", {"code": wrong})):
            page = BeautifulSoup(response.content, "html.parser")
            page.select_one(".verdict code").clear()
            answers.add((response.status_code, str(page.select_one("main"))))
        caches["default"].clear()

    assert len(answers) == 1


def test_unknown_code_is_repeated_and_escaped(client):
    response = client.post("/verify/", {"code": "<script>7KQ4-9MTX-2HRO"})

    assert verdict(response) == "We do not know this code"
    assert "You entered <script>7KQ4-9MTX-2HRO" in said(response)
    assert b"<script>7KQ4" not in response.content


def test_thousand_guesses_get_one_answer_and_then_none(client, certificate):
    statuses = [client.get(f"/verify/{get_random_string(26, ALPHABET)}/").status_code for _ in range(40)]

    assert statuses == [200] * 30 + [429] * 10
    assert client.get(f"/verify/{certificate.token}/").status_code == 429
    assert Client(REMOTE_ADDR="198.51.100.7").get(f"/verify/{certificate.token}/").status_code == 200


def test_guessing_a_name_ends_after_ten_whatever_the_address(certificate, address):
    statuses = [
        Client(REMOTE_ADDR=f"198.51.100.{n}").post(address, {"name": f"Guess {'abcdefghijkl'[n]}"}).status_code
        for n in range(12)
    ]

    assert statuses == [200] * 10 + [429] * 2
    assert Client(REMOTE_ADDR="198.51.100.99").get(address).status_code == 200


def test_revoked_says_when_and_not_why(client, address, certificate, stefan):
    services.revoke_certificate(certificate=certificate, by=stefan, reason="Identity mixed up.")

    response = client.get(address)

    assert verdict(response) == "This certificate was revoked"
    assert "(Europe/Bucharest)" in fact(response, "Revoked")
    assert "Identity mixed up" not in said(response)
    assert fact(client.post(address, {"name": NAME}), "Name you typed") is None


def test_replaced_leads_to_the_newer_number_and_never_to_its_code(client, address, certificate, stefan):
    copy = services.replace_certificate(certificate=certificate, by=stefan, recipient=NAME, reason="Nume.")

    response = client.get(address)

    assert verdict(response) == "This copy has been replaced"
    assert copy.number in fact(response, "Newer copy")
    assert copy.token not in response.content.decode()


def test_answers_are_not_listed_and_not_kept(client, address):
    for response in (client.get("/verify/"), client.get(address), client.get("/verify/nothing/")):
        assert response["Cache-Control"] == "no-store"
        assert response["X-Robots-Tag"].startswith("noindex")


def test_check_works_without_cookies(certificate, address):
    careful = Client(enforce_csrf_checks=True)

    assert careful.post("/verify/", {"code": certificate.token}).status_code == 302
    assert careful.post(address, {"name": NAME}).status_code == 200


@pytest.mark.parametrize(("language", "lang"), [("ro", "ro"), ("nb-NO", "nb"), ("de", "en")])
def test_check_speaks_the_language_of_the_visitor(language, lang, client, address):
    html = client.get(address, headers={"accept-language": language}).content.decode()

    assert f'<html lang="{lang}"' in html


# --- The file itself --------------------------------------------------------------------------------------------------


def upload(client, content, name="certificate.pdf"):
    return client.post("/verify/file/", {"file": SimpleUploadedFile(name, content, "application/pdf")})


@pytest.fixture
def pdf(certificate):
    with services.open_document(certificate=services.ensure_document(certificate=certificate)) as file:
        return file.read()


def test_file_as_issued_is_valid(client, pdf, certificate):
    response = upload(client, pdf)

    assert (response.status_code, verdict(response)) == (200, "This certificate is valid")
    assert fact(response, "Number") == certificate.number


def test_file_with_one_changed_byte_is_not_ours(client, pdf):
    response = upload(client, pdf[:5_000] + bytes([pdf[5_000] ^ 1]) + pdf[5_001:])

    assert (response.status_code, verdict(response)) == (200, "This file was not issued here")


def test_file_of_a_revoked_certificate_says_so(client, pdf, certificate, stefan):
    services.revoke_certificate(certificate=certificate, by=stefan, reason="By mistake.")

    assert verdict(upload(client, pdf)) == "This certificate was revoked"


def test_file_that_is_too_large_is_refused_unread(client):
    response = upload(client, b"0" * (LARGEST_FILE + 100_000))

    assert response.status_code == 413
    assert "larger than 5 MB" in said(response)


def test_large_file_never_reaches_the_disk(client, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "not there"

    assert verdict(upload(client, b"0" * (LARGEST_FILE - 1_000))) == "This file was not issued here"


def test_address_of_the_file_check_leads_to_the_form(client):
    assert client.get("/verify/file/").url == "/verify/"


@pytest.mark.parametrize("files", [{}, {"file": ""}])
def test_no_file_is_asked_for_again(files, client):
    assert client.post("/verify/file/", files).status_code == 422
