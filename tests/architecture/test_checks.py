"""Our own system checks have nothing to say, and say something when they should."""

from types import SimpleNamespace

from django.core.checks import run_checks

import pytest

from lms import checks

SAFE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}


def ids(messages):
    return [message.id for message in messages]


@pytest.mark.django_db
def test_this_repository_passes_its_own_checks():
    messages = [message for message in run_checks(databases=["default"]) if message.id.startswith("lms.")]

    assert messages == []


@pytest.mark.parametrize(
    "options",
    [
        {},
        {**SAFE, "transaction_mode": "DEFERRED"},
        {**SAFE, "init_command": "PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"},
    ],
    ids=["none", "deferred", "not-full"],
)
def test_sqlite_that_could_lose_an_answer_is_refused(monkeypatch, options):
    database = {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": options}
    monkeypatch.setattr(checks, "settings", SimpleNamespace(DATABASES={"default": database}))

    assert ids(checks.check_database_settings()) == ["lms.E002"]


def test_requests_wrapped_in_a_transaction_are_refused(monkeypatch):
    database = {"ENGINE": "django.db.backends.postgresql", "ATOMIC_REQUESTS": True}
    monkeypatch.setattr(checks, "settings", SimpleNamespace(DATABASES={"default": database}))

    assert ids(checks.check_database_settings()) == ["lms.E001"]


def test_missing_pango_is_named_with_the_line_that_installs_it(monkeypatch):
    monkeypatch.setattr(checks, "PANGO", {"libnot-there-1.0.so.0": "not-there-1.0"})

    [message] = checks.check_pango()

    assert message.id == "lms.W007"
    assert "apt-get install libpango-1.0-0" in message.hint


def test_missing_paper_font_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(checks, "FONTS", tmp_path)

    [message] = checks.check_paper_fonts()

    assert "chance-serif-regular.ttf" in message.msg
