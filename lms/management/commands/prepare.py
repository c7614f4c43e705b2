"""Brings the database up to date: migrations, the table of shared counters, and SQLite's write-ahead log."""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    help = "Bring the database up to date: migrations, the shared cache table, and on SQLite the write-ahead log."

    def handle(self, **options):
        use_write_ahead_log()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)


def use_write_ahead_log():
    """Switch an SQLite file to WAL, so that readers and the one writer never wait for each other.

    The mode is a property of the file, set once here: as an init command it would have to be written again by every
    new connection, which fails while the disk is full.
    """
    if connection.vendor != "sqlite" or connection.is_in_memory_db():
        return
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    if mode != "wal":
        raise CommandError(f"SQLite answered journal_mode={mode}; it needs a local disk that can share memory (WAL).")
