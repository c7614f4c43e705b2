"""People come into a cohort and leave it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
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
    open_cohort(cohort=cohort)
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
