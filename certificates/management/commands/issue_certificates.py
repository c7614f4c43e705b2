"""Issue every certificate that is due; what happens by itself after a completion is only the shortcut."""

from django.core.management.base import BaseCommand, CommandError

from certificates import selectors
from certificates.services import CertificateError, issue_certificate
from certificates.tasks import print_certificate
from courses.models import Cohort


class Command(BaseCommand):
    help = "Issues every certificate that is due and has the missing documents printed. Running it again adds nothing."

    def add_arguments(self, parser):
        parser.add_argument("--cohort", metavar="KEY", help="only this cohort")
        parser.add_argument("--dry-run", action="store_true", help="say what is due and change nothing")

    def handle(self, *, cohort, dry_run, **options):
        chosen = Cohort.objects.filter(key=cohort).first() if cohort else None
        if cohort and chosen is None:
            raise CommandError(f"There is no cohort “{cohort}”.")
        due = list(selectors.awaiting(chosen).select_related("enrolment"))
        if dry_run:
            for completion in due:
                self.stdout.write(f"Due: enrolment {completion.enrolment.uuid}, completed {completion.completed:%F}.")
            self.stdout.write(f"{len(due)} due; nothing was changed.")
            return
        issued = sum(self._issue(completion) for completion in due)
        unprinted = selectors.without_document(chosen).values_list("pk", flat=True)
        for certificate_id in list(unprinted):
            print_certificate.enqueue(certificate_id)
        self.stdout.write(f"{issued} issued, {len(due) - issued} refused, {len(unprinted)} to be printed.")

    def _issue(self, completion):
        try:
            certificate = issue_certificate(kind="completion", subject=completion.uuid)
        except CertificateError as refusal:
            self.stderr.write(f"Not issued for enrolment {completion.enrolment.uuid}: {refusal} ({refusal.code})")
            return False
        self.stdout.write(f"{certificate.number} for enrolment {completion.enrolment.uuid}.")
        return True
