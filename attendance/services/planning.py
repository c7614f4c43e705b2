"""Visits and half-days are planned, moved, cancelled; courses hears what they count for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfoNotFoundError

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from attendance import clock
from attendance.models import AgendaItem, AttendanceRecord, StudyVisit, TrainingSession
from attendance.models.visits import LONGEST_SESSION
from attendance.services.errors import AttendanceError
from attendance.services.ledger import credit_again
from attendance.services.people import add_participants
from courses.models import Cohort
from courses.services import plan_minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlan:
    """A half-day as somebody plans it: wall times of the place, minutes without breaks, for whom it counts.

    `folds` says which of two equal wall times is meant on the night the clocks go back.
    """

    title: str
    half: str
    day: date
    begins: time
    finishes: time
    minutes: int
    cohorts: Sequence[Cohort]
    visit: StudyVisit | None = None
    time_zone: str = ""
    place: str = ""
    place_restricted: bool = False
    meeting_point: str = ""
    folds: tuple[int | None, int | None] = field(default=(None, None))

    @property
    def zone(self) -> str:
        if self.time_zone:
            return self.time_zone
        return self.visit.time_zone if self.visit else self.cohorts[0].time_zone


@transaction.atomic
def plan_visit(
    *, by: User, cohorts: Iterable[Cohort], agenda: Iterable[AgendaItem] = (), **facts: object
) -> StudyVisit:
    """Plan a study visit with its agenda, and put everybody enrolled in its cohorts on the list."""
    visit = StudyVisit(**facts)
    visit.full_clean()
    visit.save()
    visit.cohorts.set(cohorts)
    for item in agenda:
        item.visit = visit
        item.full_clean()
        item.save()
    add_participants(by=by, visit=visit)
    return visit


@transaction.atomic
def plan_session(*, plan: SessionPlan, by: User, session: TrainingSession | None = None) -> TrainingSession:
    """Plan a half-day, or move one; courses hears the new minutes, and a cancelled one takes place after all.

    Raises AttendanceError `no_cohort`, `unknown_time_zone`, `missing_time`, `ambiguous_time`, `too_long`,
    `minutes_too_many`, `outside_visit`, `overlaps`, `signed_off`.
    """
    if not plan.cohorts:
        raise AttendanceError("no_cohort", _("Say for which cohorts the session counts."))
    starts, ends = instants_of(plan)
    held = TrainingSession()
    if session is not None:
        held = TrainingSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    _check(plan, starts, ends, held)
    minutes_before, cohorts_before = held.minutes, set(held.cohorts.all()) if held.pk else set()
    for name in ("title", "half", "day", "begins", "finishes", "minutes", "visit"):
        setattr(held, name, getattr(plan, name))
    held.place, held.place_restricted, held.meeting_point = plan.place, plan.place_restricted, plan.meeting_point
    held.time_zone, held.starts, held.ends = plan.zone, starts, ends
    held.cancelled, held.cancelled_reason = None, ""
    held.full_clean()
    held.save()
    held.cohorts.set(plan.cohorts)
    _tell_courses(held, plan.cohorts, held.minutes)
    _tell_courses(held, cohorts_before - set(plan.cohorts), 0)
    if minutes_before != held.minutes and AttendanceRecord.objects.filter(session=held).exists():
        credit_again(held, by, minutes_before)
    if plan.visit:
        add_participants(by=by, visit=plan.visit)
    else:
        for cohort in plan.cohorts:
            add_participants(by=by, cohort=cohort)
    return held


@transaction.atomic
def cancel_session(*, session: TrainingSession, by: User, reason: str) -> TrainingSession:
    """Cancel a half-day: it counts for nobody any more, and what was noted in it stays readable."""
    if not reason.strip():
        raise AttendanceError("reason_needed", _("Write why the session is cancelled."))
    held = TrainingSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if held.signed_off:
        raise AttendanceError("signed_off", _("The register is signed off; open it again first."))
    if held.cancelled is None:
        held.cancelled, held.cancelled_reason = timezone.now(), reason.strip()
        held.save(update_fields=["cancelled", "cancelled_reason"])
        _tell_courses(held, held.cohorts.all(), 0)
    return held


@transaction.atomic
def withdraw_visit(*, visit: StudyVisit, by: User, reason: str) -> StudyVisit:
    """Withdraw a visit that will not take place: its half-days are cancelled and trainees no longer see it."""
    locked = StudyVisit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if locked.withdrawn is None:
        for session in locked.sessions.filter(cancelled__isnull=True):
            cancel_session(session=session, by=by, reason=reason)
        locked.withdrawn = timezone.now()
        locked.save(update_fields=["withdrawn"])
    return locked


def instants_of(plan: SessionPlan) -> tuple[datetime, datetime]:
    """Give the moments a plan means, or say what is wrong with its clock times."""
    try:
        return clock.span(plan.day, plan.begins, plan.finishes, plan.zone, plan.folds)
    except ZoneInfoNotFoundError:
        raise AttendanceError("unknown_time_zone", _("Choose a time zone such as Europe/Oslo.")) from None
    except clock.MissingTimeError:
        raise AttendanceError(
            "missing_time",
            _("The clocks in %(city)s are put forward that night: this time does not exist on that day.")
            % {"city": clock.city_of(plan.zone)},
        ) from None
    except clock.AmbiguousTimeError:
        raise AttendanceError(
            "ambiguous_time",
            _("The clocks in %(city)s are put back that night and show this time twice. Say which one is meant.")
            % {"city": clock.city_of(plan.zone)},
        ) from None


def _check(plan: SessionPlan, starts: datetime, ends: datetime, held: TrainingSession) -> None:
    if held.signed_off:
        raise AttendanceError("signed_off", _("The register is signed off; open it again first."))
    length = clock.minutes_between(starts, ends)
    if length > LONGEST_SESSION or length < 1:
        raise AttendanceError("too_long", _("A session lasts eight hours at most. Check the times."))
    if plan.minutes > length:
        raise AttendanceError(
            "minutes_too_many",
            _("Between these times there are %(length)d minutes, fewer than planned.") % {"length": length},
        )
    if plan.visit and not plan.visit.starts <= plan.day <= plan.visit.ends:
        raise AttendanceError("outside_visit", _("The day lies outside the study visit."))
    at_the_same_time = TrainingSession.objects.filter(
        cohorts__in=plan.cohorts, cancelled__isnull=True, starts__lt=ends, ends__gt=starts
    ).exclude(pk=held.pk)
    other = at_the_same_time.first()
    if other:
        raise AttendanceError("overlaps", _("The cohort has “%(title)s” at the same time.") % {"title": other.title})


def _tell_courses(session: TrainingSession, cohorts: Iterable[Cohort], minutes: int) -> None:
    for cohort in cohorts:
        plan_minutes(cohort=cohort, key=session.key, minutes=minutes, ends=session.ends)
