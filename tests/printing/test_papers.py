"""Every paper: conforming, in our letters only, with what its readers look for."""

import logging
import subprocess

import pytest

from printing.press import print_pdf
from tests.printing import samples
from tests.printing.reading import facts_of, faults_of, fonts_of, raster, tags_of, text_of

LONG_NAME = (
    "Ana-Maria-Alexandra-Ecaterina Ștefănescu-Țîrlea-Brâncoveanu-Mărginean Østergård-Ås-Bjørnstad de la "
    "Câmpulung-Moldovenesc Konstantinopoulou-Papadimitriou Wolfeschlegelsteinhausenbergerdorff-Nguyễn"
)
PAPERS = {
    "certificate": samples.certificate,
    "certificate-revoked": lambda: samples.certificate(
        notice={"kind": "revoked", "date": samples.CERTIFICATE["issued"], "text": "see the check page"}
    ),
    "sign-in-sheet": samples.sign_in_sheet,
    "chapter": samples.chapter,
    "module": samples.module,
}


@pytest.fixture(autouse=True)
def no_complaints(caplog):
    """The engine must understand every rule and find every letter."""
    yield
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_paper_conforms_to_pdf_ua_and_uses_our_letters_only(paper):
    pdf = print_pdf(paper())

    assert faults_of(pdf) == []
    assert {name.split("-")[0] for name in fonts_of(pdf)} <= {"Chance", "Amiri"}
    assert (facts_of(pdf)["language"], facts_of(pdf)["attachments"]) == ("en", 0)


@pytest.mark.parametrize("language", ["en", "ro", "nb"])
def test_paper_says_its_language_and_writes_its_dates(language):
    pdf = print_pdf(samples.certificate(language=language))

    assert facts_of(pdf)["language"] == language
    assert {"en": "10 November 2026", "ro": "10 noiembrie 2026", "nb": "10. november 2026"}[language] in text_of(
        pdf
    ).replace("\xa0", " ")


# --- Certificates ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"recipient": "Li"}, id="shortest"),
        pytest.param({"recipient": LONG_NAME[:200]}, id="200-letters"),
        pytest.param({"recipient": "Ș" * 200}, id="200-letters-without-a-space"),
        pytest.param({"recipient": "سميرة عبد الرحمن الخطيب", "transcription": "Samira al-Khatib"}, id="arabic"),
        pytest.param({"recipient": "Олександра Шевченко-Ґалаґан"}, id="ukrainian"),
        pytest.param({"recipient": "Ana 🎉\ufe0f 漢 Ionescu"}, id="emoji"),
        pytest.param({"recipient": "<b>Ana</b> & 'Co'"}, id="markup"),
        pytest.param({"course": "Consilierea și asistența persoanelor traficate " * 5}, id="long-course"),
        pytest.param(
            {"minutes": 0, "minutes_planned": 0, "form": "", "place": "", "profession": "", "signatories": []},
            id="as-little-as-possible",
        ),
        pytest.param({"kind": "trainer", "project": "Funded by the EEA and Norway Grants 2021–2028."}, id="trainer"),
    ],
)
def test_certificate_fits_one_page_and_conforms(changes):
    pdf = print_pdf(samples.certificate(**changes))

    assert pdf.pages == 1
    assert faults_of(pdf) == []


def test_certificate_says_who_what_when_and_what_it_is_not():
    words = text_of(print_pdf(samples.certificate())).replace("\xa0", " ")

    assert samples.TOKEN in words.replace(" ", "")
    for part in (
        "Certificate of participation",
        "Ștefănescu-Țîrlea Åse-Bjørg",
        "Counselling and assistance for trafficked persons",
        "12 October – 6 November 2026",
        "22 h 30 min attended",
        "of 24 h planned",
        "CC 2026 / 0417",
        "chance.example/verify",
        "not a professional qualification",
    ):
        assert part in words


@pytest.mark.parametrize(
    ("kind", "word"), [("revoked", "REVOKED"), ("duplicate", "DUPLICATE"), ("replaces", "REPLACEMENT")]
)
def test_certificate_carries_its_notice(kind, word):
    notice = {"kind": kind, "date": samples.CERTIFICATE["issued"], "text": "a reason"}

    words = text_of(print_pdf(samples.certificate(notice=notice)))

    assert word in words
    assert "a reason" in words


def test_variables_put_in_beforehand_print_the_same_as_those_the_engine_solves():
    html = samples.certificate()

    assert print_pdf(html) == print_pdf(html.replace('class=""', 'class="solved"', 1))


def test_paper_in_black_is_without_colours():
    html = samples.certificate()
    black = html.replace('class=""', 'class="mono"', 1).replace("certificate.css", "chapter.css")

    colours = {pixel for _count, pixel in raster(print_pdf(black), dpi=50).convert("RGB").getcolors(10**6)}

    assert all(max(pixel) - min(pixel) < 8 for pixel in colours)


def test_code_on_the_certificate_is_read_from_a_copy_of_150_dpi(tmp_path):
    raster(print_pdf(samples.certificate()), dpi=150).save(tmp_path / "copy.png")

    read = subprocess.run(
        ["zbarimg", "--raw", "-q", tmp_path / "copy.png"], capture_output=True, text=True, check=True
    ).stdout

    assert read.strip() == samples.VERIFY_URL


# --- Sign-in sheets --------------------------------------------------------------------------------------------------


def test_sign_in_sheet_has_all_rows_with_codes_and_its_head_on_every_page():
    pdf = print_pdf(samples.sign_in_sheet(25))

    words = text_of(pdf)
    assert pdf.pages == 2
    assert all(f"MT-{number:02d}" in words for number in range(1, 26))
    assert all(f"QX-{number:02d}" in words for number in range(26, 31))
    assert words.count("Row code") == 2
    assert "Page 2 / 2" in words
    assert "fingerprint 1a30 81df 5660" in words


def test_small_sign_in_sheet_fits_one_page():
    assert print_pdf(samples.sign_in_sheet(6)).pages == 1


# --- Chapters and modules --------------------------------------------------------------------------------------------


def test_chapter_prints_every_block_with_running_head_page_numbers_and_fingerprint():
    pdf = print_pdf(samples.chapter())

    words = text_of(pdf).replace("\xa0", " ")
    for part in (
        "Țară, oameni și ærlige ord",
        "1 h 30 min",
        "name the three elements",
        "One fictional case, without violence.",
        "Help does not have to be paid for with a story.",
        "Law 678/2001.",
        "Check again by",
        "Read it aloud.",
        "Ask about tonight.",
        "Daria asked a man",
        "The room has a door that closes.",
        "Not needed",
        "38 %",
        "Must a border be crossed?",
        "“Why did you go?”",
        "Which means looks like a favour?",
        "You may stop here for today.",
        "0800 800 678",
        "A reasonable ground is enough.",
        "Edition 2026.11",
        "Fingerprint 1a30 81df 5660",
        "Chance & Challenge · Module 1, What trafficking is, and the law",
        f"{pdf.pages} / {pdf.pages}",
    ):
        assert part in words


def test_sources_and_addresses_become_footnotes_counted_once():
    words = text_of(print_pdf(samples.chapter()))

    assert words.count("European Commission, report, 2025. commission.europa.eu/report") == 1
    assert "2 Romania, Law 202/2024." in words.replace("\u2003", " ").replace("  ", " ")
    assert "example.org/long/address" in words
    assert "the next chapter (1.2)" in words
    assert "[^" not in words


def test_discussion_and_answers_stand_after_the_text():
    words = text_of(print_pdf(samples.chapter()))

    assert words.index("A reasonable ground is enough.") < words.index("DISCUSSION-MARK") < words.index("ANSWER-MARK")


def test_foreign_words_carry_their_language_in_the_tags():
    assert ("Span", "ro") in tags_of(print_pdf(samples.chapter()))


def test_module_has_cover_contents_with_page_numbers_and_all_chapters():
    pdf = print_pdf(samples.module())

    words = text_of(pdf)
    contents = next(line for line in words.splitlines() if line.startswith("1.2 Țară"))
    assert facts_of(pdf)["title"] == "Module 1: What trafficking is, and the law"
    assert 4 < int(contents.split()[-1]) < pdf.pages
    assert words.count("Daria asked a man") == 2


def test_text_of_an_editor_is_words_and_never_markup():
    hostile = samples.CHAPTER.replace("The first claim stands here.", 'The <img src="https://a.b/c"> & <b>claim</b>.')

    words = text_of(print_pdf(samples.chapter(source=hostile)))

    assert 'The <img src="https://a.b/c"> & <b>claim</b>.' in words
