"""Founds a site: what every organisation needs before the manual is loaded."""

from django.core.management.base import BaseCommand

from lms.demonstration.site import lay_out_site


class Command(BaseCommand):
    help = "Make the home pages, plain pages, helplines and settings that are missing; what exists is left alone."

    def handle(self, **options: object) -> None:
        homes = lay_out_site()
        self.stdout.write(f"The site stands in {len(homes)} languages.")
