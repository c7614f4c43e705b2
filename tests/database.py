"""Migrate once, then start every test session, every worker and every test that committed from a copy."""

import fcntl
import hashlib
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

import wagtail

import pytest

SNAPSHOTS_KEPT = 5


def fingerprint():
    """Name the state that the migrations lead to."""
    digest = hashlib.sha256(repr((django.__version__, wagtail.__version__, settings.LANGUAGES)).encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            digest.update(f"{app.label}/{file.name}".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


class SQLite:
    """A file per session, copied from a migrated one that stays in pytest's cache."""

    def __init__(self, folder, cache, key):
        self.live, self.snapshot = folder / "test.sqlite3", cache / f"{key}.sqlite3"

    def build(self):
        with locked(self.snapshot.parent / "lock"):
            if not self.snapshot.exists():
                use(self.live)
                call_command("prepare")
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.close()
                shutil.copy(self.live, self.snapshot.with_suffix(".part"))
                self.snapshot.with_suffix(".part").rename(self.snapshot)
                for old in sorted(self.snapshot.parent.glob("*.sqlite3"), key=os.path.getmtime)[:-SNAPSHOTS_KEPT]:
                    old.unlink()
            self.restore()

    def restore(self):
        connection.close()
        # A new file, not new content: a cursor in a kept traceback still holds the old one.
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.live}{suffix}").unlink(missing_ok=True)
        shutil.copy(self.snapshot, self.live)
        use(self.live)

    def remove(self):
        connection.close()


class PostgreSQL:
    """A database per session, copied from a migrated template in the same cluster."""

    def __init__(self, worker, key):
        self.server = connection.settings_dict["NAME"]
        self.template, self.live = f"lms_template_{key}", f"lms_test_{worker}_{os.getpid()}"

    def sql(self, statement, *params):
        use(self.server)
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement, params)
            return cursor.fetchall() if cursor.description else None

    def build(self):
        with locked(Path("/tmp") / f"{self.template}.lock"):
            if not self.sql("SELECT 1 FROM pg_database WHERE datname = %s", self.template):
                draft = f"{self.template}_{os.getpid()}"
                self.sql(f'CREATE DATABASE "{draft}"')
                use(draft)
                call_command("prepare")
                connection.close()
                self.sql(f'ALTER DATABASE "{draft}" RENAME TO "{self.template}"')
        self.restore()

    def restore(self):
        self.remove()
        self.sql(f'CREATE DATABASE "{self.live}" TEMPLATE "{self.template}"')
        use(self.live)

    def remove(self):
        connection.close()
        self.sql(f'DROP DATABASE IF EXISTS "{self.live}" WITH (FORCE)')


def use(name):
    connection.close()
    connection.settings_dict["NAME"] = str(name)


@contextmanager
def locked(path):
    """Let one worker build what the others wait for."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker, tmp_path_factory):
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            folder, cache = tmp_path_factory.mktemp("database"), Path(request.config.cache.mkdir("database"))
            database = SQLite(folder, cache, fingerprint())
        else:
            database = PostgreSQL(worker, fingerprint())
        database.build()
    request.config.stash[DATABASE] = database
    yield
    with django_db_blocker.unblock():
        database.remove()


DATABASE = pytest.StashKey()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item):
    """After a test that really committed, lay the database anew: Django's flush also takes Wagtail's root page."""
    yield
    marker = item.get_closest_marker("django_db")
    committed = {"transactional_db", "live_server"} & set(item.fixturenames) or (
        marker and marker.kwargs.get("transaction")
    )
    if committed and DATABASE in item.config.stash:
        from pytest_django.plugin import blocking_manager_key

        with item.config.stash[blocking_manager_key].unblock():
            item.config.stash[DATABASE].restore()
