"""Closes the attempts whose time is over and whose trainee has not come back; to be run every few minutes."""

from django.core.management.base import BaseCommand

from quizzes.selectors import overdue_attempts
from quizzes.services import close_overdue


class Command(BaseCommand):
    help = "Close the attempts whose time is over, with what was answered in time."

    def handle(self, **options):
        closed = [attempt for attempt in overdue_attempts() if close_overdue(attempt=attempt)]
        self.stdout.write(f"{len(closed)} attempts closed.")
