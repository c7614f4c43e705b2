"""A completion brings its certificate."""

from django.db import transaction

from certificates.services import issue_certificate
from certificates.tasks import print_certificate
from courses.models import Completion
from courses.signals import course_completed


def issue_on_completion(sender: type, completion: Completion, **kwargs: object) -> None:
    certificate = issue_certificate(kind="completion", subject=completion.uuid)
    transaction.on_commit(lambda: print_certificate.enqueue(certificate.pk))


course_completed.connect(issue_on_completion, dispatch_uid="certificates.issue_on_completion")
