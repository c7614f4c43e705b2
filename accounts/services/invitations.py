"""Inviting people and welcoming them."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from allauth.account.models import EmailAddress

from accounts.models import Invitation, User
from accounts.selectors import digest_of, person_at
from accounts.services.errors import AccountsError

DAYS_OPEN = 14
SIGN_IN = _("You have an account already. Please sign in with it to accept.")


@transaction.atomic
def invite_person(
    *, email: str, by: User, name: str = "", language: str = settings.LANGUAGE_CODE, cohort_key: str = ""
) -> tuple[Invitation, str]:
    """Open a door to an account, or to a place in a cohort, for one person; an older door to the same place closes.

    The token is given back this once. The message that carries it draws its own, see `draw_token`.
    """
    email = User.objects.normalize_email(email).lower()
    now = timezone.now()
    Invitation.objects.filter(email=email, cohort_key=cohort_key, accepted__isnull=True, withdrawn__isnull=True).update(
        withdrawn=now
    )
    token = new_token()
    invitation = Invitation(
        email=email,
        name=name,
        language=language,
        cohort_key=cohort_key,
        invited_by=by,
        digest=digest_of(token),
        expires=now + timedelta(days=DAYS_OPEN),
    )
    invitation.full_clean()
    invitation.save()
    return invitation, token


@transaction.atomic
def draw_token(*, invitation: Invitation) -> str:
    """Give an open invitation a new link, which ends the old one, and start its days again."""
    invitation = locked(pk=invitation.pk)
    token = new_token()
    invitation.digest = digest_of(token)
    invitation.expires = timezone.now() + timedelta(days=DAYS_OPEN)
    invitation.save(update_fields=["digest", "expires"])
    return token


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation) -> Invitation:
    """Close a door nobody has gone through."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted:
        raise AccountsError("accepted", gettext("This invitation has been accepted already."))
    if not invitation.withdrawn:
        invitation.withdrawn = timezone.now()
        invitation.save(update_fields=["withdrawn"])
    return invitation


@transaction.atomic
def accept_invitation(
    *, token: str, by: User | None = None, name: str = "", profession: str = "", password: str = ""
) -> tuple[User, Invitation]:
    """Welcome the person an invitation was sent to: once, and never over an existing account.

    Whoever has an account signs in first and is given as `by`; everybody else chooses a name and a password here.
    The link went to the e-mail address, so the address counts as confirmed.
    """
    invitation = locked(digest=digest_of(token))
    person = person_at(invitation.email)
    if person is not None and person != by:
        raise AccountsError("sign_in", str(SIGN_IN))
    if person is None and by is not None:
        raise AccountsError(
            "other_person", gettext("This invitation is for another e-mail address. Please sign out first.")
        )
    if person is None:
        person = User(email=invitation.email, name=name, profession=profession, language=invitation.language)
        person.set_password(password)
        person.full_clean(exclude=["email"])
        try:
            with transaction.atomic():
                person.save()
        except IntegrityError:  # Two invitations to one address, accepted in the same moment.
            raise AccountsError("sign_in", str(SIGN_IN)) from None
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    invitation.accepted, invitation.accepted_by = timezone.now(), person
    invitation.save(update_fields=["accepted", "accepted_by"])
    return person, invitation


def new_token() -> str:
    """Draw 192 bits of chance."""
    return secrets.token_urlsafe(24)


def locked(**which: object) -> Invitation:
    """Take an open invitation so that nobody else can use it before this transaction ends."""
    invitation = Invitation.objects.select_for_update().filter(**which).first()
    if invitation is None or invitation.state_at(timezone.now()) != Invitation.State.OPEN:
        raise AccountsError(
            "closed", gettext("This invitation was used, withdrawn or replaced, or its 14 days are over.")
        )
    return invitation
