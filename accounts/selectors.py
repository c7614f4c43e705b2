"""What can be read about people and invitations."""

import hashlib

from accounts import roles
from accounts.models import Invitation, User


def digest_of(token: str) -> str:
    """Name a token without being able to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_of(token: str) -> Invitation | None:
    """Find the invitation a link belongs to, open or not."""
    return Invitation.objects.select_related("invited_by").filter(digest=digest_of(token)).first()


def person_at(email: str) -> User | None:
    """Find who has an account under an e-mail address."""
    return User.objects.filter(email__iexact=email).first()


def roles_of(person: User) -> list[str]:
    """Name a person's roles in the order of the house."""
    held = set(person.groups.values_list("name", flat=True))
    if person.is_superuser:
        held.add(roles.ADMINISTRATOR)
    return [role for role in roles.ALL if role in held]
