"""Who may see and change certificates; the public check asks nobody."""

from django.contrib.auth.models import AnonymousUser

from accounts.access import is_coordinator
from accounts.models import User
from certificates.models import Certificate


def can_download(user: User | AnonymousUser, certificate: Certificate) -> bool:
    """Whether a person may have the document: its holder and coordinators, nobody else."""
    return user.is_authenticated and (certificate.enrolment.user_id == user.pk or is_coordinator(user))


def can_manage(user: User | AnonymousUser) -> bool:
    """Whether a person may revoke and replace certificates."""
    return is_coordinator(user)
