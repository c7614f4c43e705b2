"""Brings the database up to date: migrations, and SQLite's write-ahead log."""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    help = "Bring the database up to date: on SQLite the write-ahead log, then every migration."

    def handle(self, **options):
        use_write_ahead_log()
        call_command("migrate", interactive=False, verbosity=0)


def use_write_ahead_log():
    """Switch an SQLite file to WAL, so that readers and the one writer do not wait for each other.

    The mode is a property of the file and is set once: as an init command it would be written again by every new
    connection, and a full disk would then keep people from reading.
    """
    if connection.vendor != "sqlite" or connection.is_in_memory_db():
        return
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    if mode != "wal":
        raise CommandError(f"SQLite answered “journal_mode={mode}”. Its file has to lie on a local disk.")
