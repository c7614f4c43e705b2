"""People come into a cohort and leave it."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Invitation, User
from accounts.selectors import person_at
from accounts.services import invite_person
from courses.models import Cohort, Enrolment
from courses.services.cohorts import open_cohort
from courses.services.errors import CourseError


@transaction.atomic
def enrol(*, cohort: Cohort, user: User, by: User, language: str | None = None) -> Enrolment:
    """Give a person a place in a cohort; somebody who left comes back to what they had done.

    The first place opens the cohort: its demands are copied from the course and stand from then on.
    """
    if not user.is_active:
        raise CourseError("inactive", _("This account is closed."))
    cohort = open_cohort(cohort=cohort)
    enrolment, created = Enrolment.objects.get_or_create(
        cohort=cohort, user=user, defaults={"language": language or cohort.language, "enrolled_by": by}
    )
    if not created and enrolment.left:
        enrolment.left = None
        enrolment.save(update_fields=["left"])
    return enrolment


@transaction.atomic
def leave(*, enrolment: Enrolment, by: User) -> Enrolment:
    """Let a person leave a cohort; the record of what they did stays."""
    locked = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if locked.left is None:
        locked.left = timezone.now()
        locked.save(update_fields=["left"])
    return locked


@dataclass(frozen=True)
class Place:
    """A place in a cohort: taken by somebody with an account, or kept by an invitation."""

    enrolment: Enrolment | None = None
    invitation: Invitation | None = None


@transaction.atomic
def give_place(*, cohort: Cohort, email: str, by: User, name: str = "", language: str = "") -> Place:
    """Enrol the person who has this e-mail address, or keep a place by an invitation for who has no account yet."""
    open_cohort(cohort=cohort)
    if user := person_at(email):
        return Place(enrolment=enrol(cohort=cohort, user=user, by=by, language=language or None))
    invitation, _token = invite_person(
        email=email, by=by, name=name, language=language or cohort.language, cohort_key=cohort.key
    )
    return Place(invitation=invitation)


@transaction.atomic
def take_place(*, invitation: Invitation, user: User) -> Enrolment | None:
    """Enrol who has accepted an invitation to a cohort; an invitation to the site alone gives no place."""
    cohort = Cohort.objects.filter(key=invitation.cohort_key).first()
    if cohort is None:
        return None
    return enrol(cohort=cohort, user=user, by=invitation.invited_by, language=invitation.language)
