"""Who somebody is; asked afresh on every request."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from accounts import roles
from accounts.models import User
from accounts.selectors import parted

Visitor = User | AnonymousUser
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
LOCAL_PEERS = ("127.0.0.1", "::1")


def has_role(user: Visitor, role: str) -> bool:
    """Whether an active person stands in the group of a role."""
    return user.is_authenticated and user.is_active and role in role_names(user)


def role_names(user: User) -> frozenset[str]:
    """The person's groups, read once per request; whoever is signed in comes with them."""
    cached = getattr(user, "_role_names", None)
    if cached is None:
        held = parted(user.groups_held) if hasattr(user, "groups_held") else user.groups.values_list("name", flat=True)
        cached = user._role_names = frozenset(held)
    return cached


def is_trainer(user: Visitor) -> bool:
    """Whether menus for trainers open; which cohorts is another question."""
    return has_role(user, roles.TRAINER)


def is_editor(user: Visitor) -> bool:
    """Whether the person keeps the manual."""
    return has_role(user, roles.EDITOR)


def is_coordinator(user: Visitor) -> bool:
    """Whether the person answers for all cohorts."""
    return is_administrator(user) or has_role(user, roles.COORDINATOR)


def is_administrator(user: Visitor) -> bool:
    """Whether everything is open to the person."""
    return user.is_authenticated and user.is_active and user.is_superuser


def may_enter_cms(user: Visitor) -> bool:
    """Whether the door of the CMS opens at all; each room behind it asks again."""
    return user.is_authenticated and user.has_perm("wagtailadmin.access_admin")


def grantable_roles(user: Visitor) -> tuple[str, ...]:
    """The roles somebody may give to others: nobody makes a second coordinator but an administrator."""
    if is_administrator(user):
        return roles.ALL
    return (roles.EDITOR, roles.TRAINER) if is_coordinator(user) else ()


def may_change_person(user: Visitor, person: User) -> bool:
    """Whether somebody may change another's account.

    Changing an address takes the account over, so nobody may change an account that can do more than they may give.
    """
    if is_administrator(user):
        return True
    return is_coordinator(user) and not person.is_superuser and role_names(person) <= set(grantable_roles(user))


def demonstration_is_open(domain: str, peer: str) -> bool:
    """Whether demonstration accounts, whose passwords everybody knows, may be used from here.

    The name in the address alone proves nothing, anyone can send it: the other end must be this machine too.
    """
    return settings.DEMO and domain in LOCAL_HOSTS and peer in LOCAL_PEERS
