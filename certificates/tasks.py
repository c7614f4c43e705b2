"""What the worker does for certificates."""

from django_tasks import task

from certificates.models import Certificate
from certificates.services import ensure_document


@task()
def print_certificate(certificate_id: int) -> None:
    """Print a certificate, if nobody has yet."""
    ensure_document(certificate=Certificate.objects.get(pk=certificate_id))
