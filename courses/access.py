"""Who may do what with a cohort; a group only opens menus, a row gives the right."""

from django.contrib.auth.models import AnonymousUser

from accounts.access import is_coordinator
from accounts.models import User
from courses.models import Cohort, Enrolment
from courses.selectors import trainer_rows


def can_run(user: User | AnonymousUser, cohort: Cohort) -> bool:
    """Whether a person may see everybody in a cohort and keep its registers: its trainers today, and coordinators."""
    if not user.is_authenticated or not user.is_active:
        return False
    return is_coordinator(user) or trainer_rows(user).filter(cohort=cohort).exists()


def can_see_enrolment(user: User | AnonymousUser, enrolment: Enrolment) -> bool:
    """Whether a person may read an enrolment's record: its trainee, the cohort's trainers, coordinators."""
    return user.is_authenticated and (enrolment.user_id == user.pk or can_run(user, enrolment.cohort))
