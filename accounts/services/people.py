"""Adding people, changing them, and what they say about themselves."""

from collections.abc import Collection

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from allauth.account.models import EmailAddress

from accounts import roles as role_names
from accounts.access import grantable_roles, may_change_person
from accounts.models import Organisation, User
from accounts.selectors import roles_of
from accounts.services.errors import AccountsError


@transaction.atomic
def change_profile(
    *, person: User, name: str, profession: str, institution: str, professional_code: str, language: str
) -> User:
    """Keep what a person says about themselves; certificates that were issued keep the name they were issued to."""
    person.name = name
    person.profession = profession
    person.institution = institution
    person.professional_code = professional_code
    person.language = language
    person.full_clean()
    person.save(update_fields=["name", "profession", "institution", "professional_code", "language"])
    return person


@transaction.atomic
def add_person(
    *,
    by: User,
    email: str,
    name: str,
    profession: str = "",
    organisation: Organisation | None = None,
    language: str = "en",
    roles: Collection[str] = (),
) -> User:
    """Make an account without a password; its owner chooses one through the link that is sent to the address."""
    person = User(
        email=User.objects.normalize_email(email).lower(),
        name=name,
        profession=profession,
        organisation=organisation,
        language=language,
    )
    person.set_unusable_password()
    person.full_clean()
    person.save()
    # Confirmed already: without a password the only way in is a letter to this address.
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    set_roles(person=person, roles=roles, by=by)
    return person


@transaction.atomic
def change_person(
    *,
    person: User,
    by: User,
    email: str,
    name: str,
    profession: str,
    organisation: Organisation | None,
    language: str,
    is_active: bool,
    roles: Collection[str],
) -> User:
    """Correct somebody's account; a new address must be confirmed before it opens anything."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if not may_change_person(by, person):
        raise AccountsError("not_yours", _("This account can be changed by an administrator only."))
    email = User.objects.normalize_email(email).lower()
    if email != person.email:
        person.email = email
        EmailAddress.objects.filter(user=person).delete()
        EmailAddress.objects.create(user=person, email=email, primary=True, verified=False)
    person.name, person.profession = name, profession
    person.organisation, person.language, person.is_active = organisation, language, is_active
    person.full_clean()
    person.save(update_fields=["email", "name", "profession", "organisation", "language", "is_active"])
    set_roles(person=person, roles=roles, by=by)
    return person


def set_roles(*, person: User, roles: Collection[str], by: User) -> None:
    """Give and take roles; nobody gives, takes or keeps away a role they could not give."""
    held = set(roles_of(person))
    moved = held ^ set(roles)
    if not moved:
        return
    if not moved <= set(grantable_roles(by)):
        raise AccountsError("role", _("You cannot give or take this role."))
    if person == by:
        raise AccountsError("own_role", _("Nobody changes their own roles. Please ask another administrator."))
    person.groups.remove(*Group.objects.filter(name__in=held - set(roles)))
    person.groups.add(*Group.objects.filter(name__in=set(roles) - held))
    if role_names.ADMINISTRATOR in moved:
        person.is_superuser = role_names.ADMINISTRATOR in roles
        person.save(update_fields=["is_superuser"])
