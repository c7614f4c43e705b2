"""A trainer keeps a register on a phone: saved as it is kept, without a connection, beside somebody else."""

import re
import sqlite3
import uuid

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

PHONE = {"width": 360, "height": 740}
SAVED = re.compile(r"Saved at \d\d:\d\d")


def rows(site, sql, *values):
    with sqlite3.connect(site.database) as database:
        return database.execute(sql, values).fetchall()


@pytest.fixture
def first_half_day(own_site):
    """The address of the visit's first half-day, which is over and signed off."""
    ((key,),) = rows(
        own_site,
        """SELECT session.key FROM attendance_trainingsession session JOIN attendance_studyvisit visit
           ON visit.id = session.visit_id WHERE visit.key = 'oslo' ORDER BY session.starts LIMIT 1""",
    )
    return f"{own_site.url}/en/attendance/sessions/{uuid.UUID(key)}/register/"


@pytest.fixture
def open_register(own_site, page, sign_in, first_half_day):
    """The same register, opened again by its trainer on a phone."""
    page.set_viewport_size(PHONE)
    sign_in("trainer", at=own_site.url)
    page.goto(first_half_day)
    page.get_by_role("link", name="Open the register again").click()
    page.get_by_label("Reason").fill("Two lists were mixed up.")
    page.get_by_role("button", name="Open the register again").click()
    page.wait_for_url("**/register/")
    return page


def line(page, name):
    return page.get_by_role("group", name=name)


def mark(page, name, label):
    line(page, name).locator(".presence label").filter(has_text=label).click()


def saved(page):
    return page.locator("[data-saved-state]").filter(has_text=SAVED)


def kept(page):
    """What lies on the device."""
    return page.evaluate("Object.values(localStorage).join('')")


def wait_until(page, happened):
    """Look again until it has happened; the content policy forbids Playwright's own way."""
    for _ in range(100):
        if happened():
            return
        page.wait_for_timeout(50)
    raise AssertionError("It did not happen.")


def last_record(site):
    """What the ledger says last: state, minutes, whether it contradicts."""
    return rows(site, "SELECT state, minutes, conflicting FROM attendance_attendancerecord ORDER BY id DESC LIMIT 1")[0]


def test_a_mark_is_saved_as_it_is_made_and_can_be_undone(own_site, open_register):
    page = open_register
    first = page.locator("legend").first.inner_text().split("\n")[0]

    mark(page, first, "Absent")
    expect(saved(page)).to_be_visible(timeout=2000)
    assert last_record(own_site) == ("absent", 0, 0)
    expect(page.get_by_text(f"{first}: absent. Saved.")).to_be_visible()

    page.get_by_role("button", name="Undo").click()
    expect(line(page, first).get_by_label("Present")).to_be_checked()
    assert last_record(own_site) == ("present", 165, 0)


def test_somebody_late_is_saved_once_the_minutes_are_there(own_site, open_register):
    page = open_register
    first = page.locator("legend").first.inner_text().split("\n")[0]
    before = last_record(own_site)

    mark(page, first, "Late")
    minutes = line(page, first).get_by_label("Minutes late")
    expect(minutes).to_be_visible()
    assert last_record(own_site) == before
    minutes.fill("20")

    expect(saved(page)).to_be_visible(timeout=2000)
    assert last_record(own_site) == ("late", 145, 0)


def test_without_a_connection_marks_wait_without_names_and_are_sent_once(own_site, open_register, context):
    page = open_register
    names = [text.split("\n")[0] for text in page.locator("legend").all_inner_texts()]
    before = rows(own_site, "SELECT COUNT(*) FROM attendance_attendancerecord")[0][0]

    context.set_offline(True)
    mark(page, names[0], "Absent")
    expect(page.get_by_text("There is no connection.")).to_be_visible(timeout=5000)
    mark(page, names[0], "Excused")
    mark(page, names[1], "Absent")
    wait_until(page, lambda: kept(page).count("state-") == 3)
    assert not any(word in kept(page) for name in names for word in name.split())

    context.set_offline(False)
    expect(saved(page)).to_be_visible(timeout=15000)
    wait_until(page, lambda: kept(page) == "")
    assert rows(own_site, "SELECT COUNT(*) FROM attendance_attendancerecord")[0][0] == before + 3
    assert rows(own_site, "SELECT COUNT(*) FROM attendance_attendancerecord WHERE conflicting") == [(0,)]
    page.reload()
    expect(line(page, names[0]).get_by_label("Excused")).to_be_checked()


def test_marks_kept_on_the_device_are_sent_when_the_register_is_opened_again(own_site, open_register, context):
    page = open_register
    first = page.locator("legend").first.inner_text().split("\n")[0]
    context.set_offline(True)
    mark(page, first, "Absent")
    expect(page.get_by_text("There is no connection.")).to_be_visible(timeout=5000)
    page.close(run_before_unload=False)

    context.set_offline(False)
    page = context.new_page()
    page.goto(open_register.url)

    expect(saved(page)).to_be_visible(timeout=5000)
    assert last_record(own_site)[:2] == ("absent", 0)
    assert kept(page) == ""


def test_two_trainers_see_both_versions_and_one_decides(own_site, open_register, browser, people):
    page = open_register
    first = page.locator("legend").first.inner_text().split("\n")[0]
    other = browser.new_context()
    desk = other.new_page()
    desk.goto(f"{own_site.url}/en/accounts/login/")
    desk.fill("input[name=login]", people["coordinator"])
    desk.fill("input[name=password]", people["password"])
    desk.click("main button[type=submit]")
    desk.wait_for_url(lambda address: "/accounts/login" not in address)
    desk.goto(page.url)

    mark(page, first, "Absent")
    expect(saved(page)).to_be_visible(timeout=2000)
    mark(desk, first, "Excused")

    expect(line(desk, first).get_by_text("Two opinions")).to_be_visible(timeout=5000)
    assert last_record(own_site) == ("excused", 0, 1)
    line(desk, first).get_by_role("button", name=re.compile("Excused")).click()
    expect(line(desk, first).get_by_label("Excused")).to_be_checked()
    assert last_record(own_site) == ("excused", 0, 0)
    other.close()


def test_an_ended_session_keeps_the_marks_until_the_same_person_is_back(own_site, open_register, context, people):
    page = open_register
    first = page.locator("legend").first.inner_text().split("\n")[0]
    context.clear_cookies()

    mark(page, first, "Absent")
    expect(page.get_by_text("You are signed out.")).to_be_visible(timeout=5000)
    tab = context.new_page()
    tab.goto(f"{own_site.url}/en/accounts/login/")
    tab.fill("input[name=login]", people["trainer"])
    tab.fill("input[name=password]", people["password"])
    tab.click("main button[type=submit]")
    tab.wait_for_url(lambda address: "/accounts/login" not in address)

    expect(saved(page)).to_be_visible(timeout=20000)
    assert last_record(own_site) == ("absent", 0, 0)


def test_the_register_is_signed_off_on_the_phone(own_site, open_register):
    page = open_register

    page.get_by_label("I was there, and this list is right.").check()
    page.get_by_role("button", name=re.compile("^Sign off as")).click()

    expect(page.get_by_text("Signed off. The list is closed")).to_be_visible()
    deeds = rows(own_site, "SELECT deed FROM attendance_signoff ORDER BY id DESC LIMIT 2")
    assert deeds == [("signed",), ("reopened",)]


def test_without_scripts_the_register_is_kept_with_save(own_site, open_register, browser, context):
    plain = browser.new_context(java_script_enabled=False, storage_state=context.storage_state(), viewport=PHONE)
    page = plain.new_page()
    page.goto(open_register.url)
    first = page.locator("legend").first.inner_text().split("\n")[0]

    mark(page, first, "Absent")
    page.get_by_role("button", name="Save", exact=True).last.click()

    expect(page.get_by_text(f"{first}: absent. Saved.")).to_be_visible()
    assert last_record(own_site) == ("absent", 0, 0)
    plain.close()


def test_the_pages_of_attendance_have_no_barriers_and_no_sideways_scroll(own_site, open_register, first_half_day):
    page = open_register
    ((afternoon,),) = rows(
        own_site,
        """SELECT session.key FROM attendance_trainingsession session JOIN attendance_studyvisit visit
           ON visit.id = session.visit_id WHERE visit.key = 'oslo' ORDER BY session.starts LIMIT 1 OFFSET 1""",
    )
    person = page.locator("[data-line]").first.get_attribute("data-line")
    closed = f"{own_site.url}/en/attendance/sessions/{uuid.UUID(afternoon)}"
    for address in (
        first_half_day,
        first_half_day.replace("/register/", "/people/"),
        f"{closed}/register/",
        f"{closed}/people/{person}/correct/",
        f"{closed}/reopen/",
        f"{own_site.url}/en/attendance/",
        f"{own_site.url}/en/attendance/visits/oslo/",
    ):
        page.goto(address)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for width in (320, 1280):
                page.set_viewport_size({"width": width, "height": 740})
                found = Axe().run(page)
                assert found.violations_count == 0, f"{address} {scheme} {width}\n{found.generate_report()}"
                assert page.evaluate("document.documentElement.scrollWidth") <= width, address
