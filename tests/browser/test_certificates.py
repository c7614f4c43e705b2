"""Certificates in the browser: the holder's list, the coordinator's list, the public check, on a screen and a phone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

HOLDER = "mihai@example.org"  # has finished the demonstration's course


@pytest.fixture(params=[1280, 360], ids=["screen", "phone"])
def wide(request, page):
    page.set_viewport_size({"width": request.param, "height": 800})


@pytest.fixture
def holder(page, people, sign_in):
    people["holder"] = HOLDER
    sign_in("holder")
    page.goto("/en/certificates/")


def barriers(page):
    """What axe has against a page, and whether it scrolls sideways."""
    found = [violation["id"] for violation in Axe().run(page).response["violations"]]
    sideways = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return found + ["scrolls sideways"] * sideways


def test_holder_sees_what_others_see_and_others_see_no_name(page, holder, wide):
    assert barriers(page) == []

    page.get_by_role("link", name="See what others see").click()
    assert page.get_by_role("heading", name="This certificate is valid").is_visible()
    page.get_by_label("Name on the certificate").fill("turcanu MIHAI")
    page.get_by_role("button", name="Compare the name").click()

    assert page.locator("dt:text('Name you typed') + dd").inner_text() == "matches"
    assert "Țurcanu" not in page.content()
    assert barriers(page) == []


def test_check_of_an_unknown_code_has_no_barriers(page, wide):
    page.goto("/verify/")
    page.get_by_label("Verification code").fill("7KQ4-9MTX-2HRO-" + "X" * 100)
    page.get_by_role("button", name="Check certificate").click()

    assert page.get_by_role("heading", name="We do not know this code").is_visible()
    assert barriers(page) == []


def test_check_keeps_the_language_somebody_chooses(page, site):
    page.goto("/verify/")

    page.get_by_role("button", name="Română").click()

    assert page.url == f"{site.url}/verify/"
    assert page.locator("html").get_attribute("lang") == "ro"


def test_document_is_made_when_asked_for_and_is_known_by_its_bytes(page, holder, tmp_path):
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the PDF").click()
    file = tmp_path / "certificate.pdf"
    download.value.save_as(file)

    page.goto("/verify/")
    page.get_by_text("Check a PDF file instead").click()
    page.get_by_label("Certificate as a PDF file").set_input_files(file)
    page.get_by_role("button", name="Compare the file").click()

    assert page.get_by_text("The file is the document that was issued").is_visible()


def test_pages_of_coordinators_have_no_barriers(page, sign_in, wide):
    sign_in("coordinator")
    page.goto("/en/learn/cohorts/bacau-autumn/")
    page.get_by_role("link", name="See, replace or revoke them").click()

    assert barriers(page) == []
    for deed in ("Replace", "Revoke"):
        page.get_by_role("link", name=re.compile(f"^{deed} CC-")).click()
        assert page.get_by_role("heading", name=f"{deed} a certificate").is_visible()
        assert barriers(page) == []
        page.go_back()
