"""The database that every test stands on: as production opens it, and whole again after a test that committed."""

from io import StringIO

from django.core.management import call_command
from django.db import connection

from wagtail.models import Page

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_root_page_is_there_for_every_test_that_commits(turn, homes):
    assert Page.objects.filter(depth=1).count() == 1
    assert Page.objects.filter(depth=2).count() == len(homes)


def test_sqlite_keeps_what_it_acknowledged():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has its own ways.")

    with connection.cursor() as cursor:
        told = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}

    assert told == {"journal_mode": "wal", "synchronous": 2}
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_models_and_migrations_say_the_same():
    told = StringIO()

    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=told)
    except SystemExit:
        pytest.fail(told.getvalue(), pytrace=False)
