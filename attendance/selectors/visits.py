"""Study visits and half-days: who may see which, what a day looks like, how one trainee stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from accounts import roles
from accounts.access import is_administrator
from accounts.models import User
from accounts.selectors import spaced
from attendance.models import AgendaItem, AttendanceRecord, Participation, StudyVisit, TrainingSession
from attendance.register import State
from courses.models import Cohort, Enrolment
from courses.selectors import trainer_rows


def sessions_kept_by(user: User) -> QuerySet[TrainingSession]:
    """Give the sessions whose register a person may keep: trainers of their cohorts today, coordinators all."""
    if is_administrator(user):
        return TrainingSession.objects.all()
    trains = trainer_rows(user).filter(cohort__training_sessions=OuterRef("pk"))
    return TrainingSession.objects.filter(Exists(trains) | _coordinates(user))


def visits_kept_by(user: User) -> QuerySet[StudyVisit]:
    """Give the visits a person runs; what was withdrawn only coordinators still see."""
    if is_administrator(user):
        return StudyVisit.objects.all()
    trains = trainer_rows(user).filter(cohort__study_visits=OuterRef("pk"))
    return StudyVisit.objects.filter(Exists(trains) & Q(withdrawn__isnull=True) | _coordinates(user))


def visible_visits(user: User) -> QuerySet[StudyVisit]:
    """Give the visits a person may read: those they run, those of their own cohorts, those they take part in."""
    enrolled = Enrolment.objects.filter(user=user, left__isnull=True, cohort__study_visits=OuterRef("pk"))
    takes_part = Participation.objects.filter(user=user, withdrawn__isnull=True, visit=OuterRef("pk"))
    own = StudyVisit.objects.filter(Exists(enrolled) | Exists(takes_part), withdrawn__isnull=True)
    return own | visits_kept_by(user)


def visible_sessions(user: User) -> QuerySet[TrainingSession]:
    """Give the classes a person may read, that is sessions outside a study visit."""
    enrolled = Enrolment.objects.filter(user=user, left__isnull=True, cohort__training_sessions=OuterRef("pk"))
    return (TrainingSession.objects.filter(Exists(enrolled)) | sessions_kept_by(user)).filter(visit__isnull=True)


def _coordinates(user: User) -> Exists:
    return Exists(user.groups.filter(name=roles.COORDINATOR))


# --- One visit, day by day --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Half:
    """A half-day with its part of the agenda; without a session it is not counted."""

    session: TrainingSession | None
    items: list[AgendaItem] = field(default_factory=list)
    mine: AttendanceRecord | None = None


@dataclass(slots=True)
class Day:
    """A day of a visit as the calendar of the place has it."""

    number: int
    date: date
    halves: list[Half] = field(default_factory=list)


def days_of(visit: StudyVisit, user: User | None = None) -> list[Day]:
    """Lay the agenda of a visit into its half-days, with what is noted about one person: three queries."""
    sessions = list(visit.sessions.order_by("starts", "pk"))
    noted = AttendanceRecord.objects.filter(participation__visit=visit, participation__user=user)
    mine = _latest(noted) if user else {}
    dates = sorted({session.day for session in sessions} | {item.day for item in visit.agenda.all()})
    days = {day: Day(number, day) for number, day in enumerate(dates, start=1)}
    for session in sessions:
        days[session.day].halves.append(Half(session, mine=mine.get(session.pk)))
    for item in visit.agenda.all():
        _half_for(item, days[item.day]).items.append(item)
    for day in days.values():
        day.halves.sort(key=lambda half: half.session.begins if half.session else half.items[0].begins)
    return list(days.values())


def _half_for(item: AgendaItem, day: Day) -> Half:
    for half in day.halves:
        session = half.session
        # A session that ends after midnight takes the rest of its day.
        if session and session.begins <= item.begins and (item.begins < session.finishes or not session.ends_same_day):
            return half
    uncounted = next((half for half in day.halves if half.session is None), None)
    if uncounted is None:
        uncounted = Half(None)
        day.halves.append(uncounted)
    return uncounted


# --- One trainee, half-day by half-day --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Credit:
    """The record that counts, as a trainee sees it."""

    state: str
    minutes: int
    reason: str


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """A half-day that counts for a trainee and what the register says about it."""

    session: TrainingSession
    record: Credit | None

    @property
    def credited(self) -> int:
        return 0 if self.session.cancelled or self.record is None else self.record.minutes

    @property
    def planned(self) -> int:
        return 0 if self.session.cancelled else self.session.minutes

    @property
    def over(self) -> bool:
        return self.session.ends <= timezone.now()


def attendance_of(enrolment: Enrolment) -> list[AttendanceLine]:
    """Give the half-days of a trainee's cohort with the record that counts."""
    return attendance_of_places([enrolment])[enrolment.pk]


def attendance_of_places(places: Sequence[Enrolment]) -> dict[int, list[AttendanceLine]]:
    """Give for each place of one person the half-days of its cohort with the record that counts: one query."""
    noted = AttendanceRecord.objects.filter(
        session=OuterRef("pk"),
        conflicting=False,
        participation__enrolment__in=[place.pk for place in places],
        participation__enrolment__cohort=OuterRef("cohorts"),
    ).order_by("-seq")
    sessions = (
        TrainingSession.objects.filter(cohorts__in={place.cohort_id for place in places})
        .annotate(
            cohort=F("cohorts"),
            noted=Subquery(noted.values_list(spaced("state", "minutes", "reason"))[:1]),
        )
        .order_by("starts", "pk")
    )
    lines: dict[int, list[AttendanceLine]] = {place.cohort_id: [] for place in places}
    for session in sessions:
        state, minutes, reason = (session.noted or f"{State.UNMARKED} 0 ").split(" ", 2)
        credit = None if state == State.UNMARKED else Credit(state, int(minutes), reason)
        lines[session.cohort].append(AttendanceLine(session, credit))
    return {place.pk: lines[place.cohort_id] for place in places}


def _latest(records: QuerySet[AttendanceRecord]) -> dict[int, AttendanceRecord]:
    """Give by session the record that counts of one person."""
    latest = {record.session_id: record for record in records.filter(conflicting=False).order_by("seq")}
    return {key: record for key, record in latest.items() if record.state != State.UNMARKED}


def minutes_of(enrolment: Enrolment) -> int:
    """Count the minutes credited to a trainee."""
    return sum(line.credited for line in attendance_of(enrolment))


def sessions_of_cohort(cohort: Cohort) -> QuerySet[TrainingSession]:
    """Give the half-days that count for a cohort, in order of time."""
    return cohort.training_sessions.select_related("visit").order_by("starts", "pk")


def size_of(visit: StudyVisit) -> int:
    """Count the people of a visit."""
    return visit.participations.filter(withdrawn__isnull=True, enrolment__left__isnull=True).count()
