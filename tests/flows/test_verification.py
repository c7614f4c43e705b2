"""A certificate's life as a stranger sees it: valid, corrected, revoked; by its code, its file and the command line."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

import pytest

from certificates.models import Certificate
from tests.flows.walking import answer_quiz, keep_register, page, read_everything

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def certificate(place, ana, ingrid, session, ana_there, browser_of):
    trainee = browser_of(ana)
    read_everything(trainee)
    keep_register(browser_of(ingrid), session, ana_there, "present")
    answer_quiz(trainee, place, right=4)
    return Certificate.objects.get()


def verdict(response):
    return page(response).select_one("#verdict").get_text()


def fact(response, word):
    return page(response).find("dt", string=word).find_next("dd").get_text()


def download(client, certificate):
    return b"".join(client.get(reverse("certificates:download", args=[certificate.uuid])).streaming_content)


def test_stranger_follows_a_certificate_through_its_life(certificate, ana, stefan, browser_of, tmp_path):
    coordinator, stranger = browser_of(stefan), Client()
    address, pdf = f"/verify/{certificate.token}/", download(browser_of(ana), certificate)
    file = tmp_path / "certificate.pdf"
    file.write_bytes(pdf)

    # Valid: the code leads to the answer, the name only matches.
    typed = stranger.post("/verify/", {"code": f" {certificate.token.lower()} "}, follow=True)
    assert (typed.redirect_chain, verdict(typed)) == ([(address, 302)], "This certificate is valid")
    assert fact(stranger.post(address, {"name": "MUNTEANU Ana"}), "Name you typed") == "matches"
    assert fact(stranger.post(address, {"name": "Ana Popescu"}), "Name you typed") == "does not match"

    # A detail is corrected: the old copy says so, the new one is valid, and the old file is known.
    correction = {"recipient": "Ana-Maria Munteanu", "reason": "Prenumele a fost completat."}
    coordinator.post(reverse("certificates:replace", args=[certificate.uuid]), correction)
    copy = Certificate.objects.standing().get()
    old = stranger.get(address)
    assert (verdict(old), copy.number in fact(old, "Newer copy")) == ("This copy has been replaced", True)
    assert verdict(stranger.get(f"/verify/{copy.token}/")) == "This certificate is valid"
    upload = {"file": SimpleUploadedFile("c.pdf", pdf, "application/pdf")}
    assert verdict(stranger.post("/verify/file/", upload)) == "This copy has been replaced"
    with pytest.raises(CommandError) as replaced:
        call_command("verify_certificate", str(file))
    assert replaced.value.returncode == 4

    # Revoked: at the very next look, when but not why.
    coordinator.post(reverse("certificates:revoke", args=[copy.uuid]), {"reason": "A fost o confuzie."})
    gone = stranger.get(f"/verify/{copy.token}/")
    assert verdict(gone) == "This certificate was revoked"
    assert "2 November 2026" in fact(gone, "Revoked")
    assert "confuzie" not in gone.content.decode()

    # Nothing was deleted, and the net makes no new one.
    said = io.StringIO()
    call_command("issue_certificates", stdout=said)
    assert said.getvalue().startswith("0 issued")
    assert Certificate.objects.count() == 2


def test_file_on_the_command_line_is_valid_until_one_byte_changes(certificate, ana, browser_of, tmp_path):
    file = tmp_path / "certificate.pdf"
    file.write_bytes(download(browser_of(ana), certificate))
    said = io.StringIO()

    call_command("verify_certificate", str(file), stdout=said)
    assert said.getvalue() == f"{certificate.number} is valid, issued on 2026-11-02.\n"

    file.write_bytes(file.read_bytes()[:-1] + b"X")
    with pytest.raises(CommandError) as altered:
        call_command("verify_certificate", str(file))
    assert altered.value.returncode == 1
