"""Say whether a file or a code is a certificate that stands."""

import hashlib
import os.path
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from certificates import selectors
from certificates.codes import read_token

UNKNOWN, REVOKED, REPLACED = 1, 3, 4  # 2 is what a wrong command line gives


class Command(BaseCommand):
    help = (
        "Says whether a certificate is valid, by its file or its code. "
        "Exit codes: 0 valid, 1 altered or unknown, 3 revoked, 4 replaced."
    )

    def add_arguments(self, parser):
        parser.add_argument("what", metavar="FILE.pdf|TOKEN")

    def handle(self, *, what, **options):
        found = self._find(what)
        if found.state == "revoked":
            raise CommandError(f"{found.number} was revoked on {found.revoked:%F}.", returncode=REVOKED)
        if found.state == "replaced":
            newer = selectors.newer_copy(found)
            raise CommandError(f"{found.number} was replaced by {newer.number}.", returncode=REPLACED)
        self.stdout.write(f"{found.number} is valid, issued on {found.issued:%F}.")

    def _find(self, what):
        if os.path.isfile(what):  # unlike Path.is_file it also answers for what cannot be a name
            file = Path(what)
            found = selectors.find_by_hash(hashlib.sha256(file.read_bytes()).hexdigest())
            said = f"{file.name} is altered, or was not issued here."
        elif read_token(what) is None:
            found, said = None, f"“{what[:60]}” is neither a file nor a code of 26 signs."
        else:
            found, said = selectors.find_by_token(what), "This code is unknown."
        if found is None:
            raise CommandError(said, returncode=UNKNOWN)
        return found
