"""Who may keep a register and who may read what."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from attendance.models import StudyVisit, TrainingSession
from attendance.selectors import sessions_kept_by, visible_visits, visits_kept_by


def can_keep_register(user: User | AnonymousUser, session: TrainingSession) -> bool:
    """Whether a person may keep the register of a session: a trainer of one of its cohorts today, a coordinator."""
    return _signed_in(user) and sessions_kept_by(user).filter(pk=session.pk).exists()


def can_run_visit(user: User | AnonymousUser, visit: StudyVisit) -> bool:
    """Whether a person sees what trainers see of a visit."""
    return _signed_in(user) and visits_kept_by(user).filter(pk=visit.pk).exists()


def can_see_visit(user: User | AnonymousUser, visit: StudyVisit) -> bool:
    """Whether a person may read a visit: its trainers, coordinators, the trainees of its cohorts, who takes part."""
    return _signed_in(user) and visible_visits(user).filter(pk=visit.pk).exists()


def _signed_in(user: User | AnonymousUser) -> bool:
    return user.is_authenticated and user.is_active
