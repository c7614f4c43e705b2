"""Builds the demonstration: a believable site in one command. What exists is left as it is."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from lms.demonstration.people import invite_cast
from lms.demonstration.site import lay_out_course, lay_out_site
from lms.demonstration.training import run_cohorts


class Command(BaseCommand):
    help = "Build the demonstration: the site, the manual, invented people, a course, a study visit, a certificate."

    def handle(self, *, verbosity: int, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("The demonstration is built only where DEMO is on: its password is known to everybody.")
        homes = lay_out_site()
        call_command("load_manual", verbosity=verbosity, stdout=self.stdout, stderr=self.stderr)
        course = lay_out_course(homes)
        run_cohorts(course, invite_cast())
        if verbosity:
            self.stdout.write("The demonstration is ready.")
