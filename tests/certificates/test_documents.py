"""The printed certificate: one page, our letters, kept once, and recognised by its hash."""

import hashlib
import io
import subprocess

from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import transaction

import pytest

from certificates import services
from certificates.models import Certificate
from certificates.tasks import print_certificate
from printing.press import PrintError
from tests.factories.certificates import certificate_of
from tests.printing.reading import facts_of, raster, text_of

LONG = "Anastasia-Maximiliana " * 9
NAMES = {
    "apostrophe": "Siobhán O’Brien-D’Angelo",
    "romanian": "Ștefania Țîrțîrău",
    "norwegian": "Bjørn Åge Sæther",
    "emoji": "Ana 🌻 Munteanu",
    "right to left": "ليلى بنت أحمد حدّاد",
    "200 letters": LONG[:200].strip(),
    "one word of 200": "Ș" * 200,
    "markup": "<b>Ana</b> & {{ number }} %s",
}


def print_of(certificate):
    kept = services.ensure_document(certificate=certificate)
    with services.open_document(certificate=kept) as file:
        return kept, file.read()


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_every_name_is_printed_on_one_page(name, ana, completion):
    ana.name = name
    ana.save()

    certificate, pdf = print_of(certificate_of(completion.enrolment))

    facts = facts_of(pdf)
    assert (certificate.recipient, facts["pages"]) == (" ".join(name.split()), 1)


def test_document_says_what_the_row_says_in_its_language(certificate, settings):
    settings.SITE_URL = "https://lunca.example"

    certificate, pdf = print_of(certificate)

    words = " ".join(text_of(pdf).replace("\xa0", " ").split())
    for said in ("Ana Munteanu", "Consiliere și asistență", certificate.number, "Centrul Comunitar Lunca", "3 h"):
        assert said in words
    assert "lunca.example/verify" in words
    assert facts_of(pdf)["language"] == "ro"


def test_square_code_leads_to_the_check_of_this_certificate(certificate, settings, tmp_path):
    settings.SITE_URL = "https://lunca.example"
    certificate, pdf = print_of(certificate)
    raster(pdf, dpi=150).save(tmp_path / "page.png")

    read = subprocess.run(
        ["zbarimg", "-q", "--raw", tmp_path / "page.png"], capture_output=True, text=True, check=True
    ).stdout

    assert read.strip() == f"https://lunca.example/verify/{certificate.token}/"


def test_document_is_kept_once_with_its_hash_under_a_name_nobody_guesses(certificate):
    kept, pdf = print_of(certificate)
    again, same = print_of(certificate)

    assert (again.document.name, same) == (kept.document.name, pdf)
    assert kept.sha256 == hashlib.sha256(pdf).hexdigest()
    assert kept.number not in kept.document.name
    assert kept.token not in kept.document.name
    assert len(default_storage.listdir("certificates")[1]) == 1


def test_document_is_not_made_anew_when_the_paper_changes(certificate, settings):
    _, before = print_of(certificate)

    settings.SITE_URL = "https://moved.example"
    print_certificate.call(certificate.pk)

    assert print_of(Certificate.objects.get())[1] == before


def test_document_is_never_printed_inside_a_transaction(certificate):
    with pytest.raises(PrintError) as refused, transaction.atomic():
        services.ensure_document(certificate=certificate)

    assert refused.value.code == "in_transaction"


def test_lost_file_is_named_as_such(certificate):
    kept, _ = print_of(certificate)
    default_storage.delete(kept.document.name)

    with pytest.raises(services.CertificateError) as refused:
        print_of(certificate)
    assert refused.value.code == "document_missing"


def test_replacement_says_what_it_replaces(certificate, stefan):
    copy = services.replace_certificate(
        certificate=certificate, by=stefan, recipient="Ana-Maria Munteanu", reason="Nume corectat."
    )

    words = " ".join(text_of(print_of(copy)[1]).replace("\xa0", " ").split())

    assert "Ana-Maria Munteanu" in words
    assert certificate.number in words
    assert "Nume corectat." in words


# --- On the command line ----------------------------------------------------------------------------------------------


def verdict_on(what):
    said = io.StringIO()
    try:
        call_command("verify_certificate", str(what), stdout=said)
    except CommandError as refusal:
        return refusal.returncode, str(refusal)
    return 0, said.getvalue().strip()


@pytest.fixture
def file(certificate, tmp_path):
    path = tmp_path / "certificate.pdf"
    path.write_bytes(print_of(certificate)[1])
    return path


def test_file_as_issued_is_valid_by_file_and_by_code(file, certificate):
    for what in (file, certificate.token, certificate.token.lower()):
        code, said = verdict_on(what)
        assert (code, said.startswith(f"{certificate.number} is valid")) == (0, True)


def test_every_tampered_file_is_detected(file):
    whole = file.read_bytes()

    for place in range(0, len(whole), max(1, len(whole) // 60)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert verdict_on(file)[0] == 1
    for more in (whole + b"\n", whole[:-1], b""):
        file.write_bytes(more)
        assert verdict_on(file)[0] == 1


def test_revoked_and_replaced_files_say_so(file, certificate, stefan):
    copy = services.replace_certificate(certificate=certificate, by=stefan, recipient="Ana M", reason="Nume.")
    assert verdict_on(file) == (4, f"{certificate.number} was replaced by {copy.number}.")

    services.revoke_certificate(certificate=copy, by=stefan, reason="By mistake.")
    code, said = verdict_on(copy.token)
    assert (code, said.startswith(f"{copy.number} was revoked on ")) == (3, True)


@pytest.mark.parametrize(
    "what", ["0" * 26, "nothing.pdf", "x" * 5_000, "nul\x00"], ids=["code", "no file", "long", "nul"]
)
@pytest.mark.django_db
def test_what_is_unknown_is_said_to_be_unknown(what):
    assert verdict_on(what)[0] == 1
