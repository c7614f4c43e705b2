"""A cohort in the middle of its study visit, and one that has finished: everything through the doors the site uses."""

from datetime import date, time, timedelta
from uuid import UUID, uuid5

from django.utils import timezone

from accounts.models import User
from attendance.models import AgendaItem, StudyVisit, TrainingSession
from attendance.register import State
from attendance.selectors import register_for
from attendance.services import Entry, SessionPlan, plan_session, plan_visit, record_entries, sign_off
from courses.models import Cohort, CohortTrainer, Course, Enrolment
from courses.selectors import rule_from_json
from courses.services import enrol, mark_chapter_read
from lms.demonstration.people import TRAINEES
from manual.models import ChapterPage
from quizzes.models import Quiz
from quizzes.services import save_answer, start_attempt, submit_attempt

EVENTS = UUID("5d0c4f0a-6a0e-4d5c-9d7b-4c1c2f1a7a11")
HALVES = (("am", time(9), time(12)), ("pm", time(13), time(16)))
PLANNED = 165  # minutes of a half-day without its break
AGENDA = (
    (0, time(9), time(9, 45), "Welcome and learning goals", ""),
    (0, time(9, 45), time(12), "Who does what in Norway, and who may identify", "Short break at 10:45."),
    (0, time(13), time(14, 30), "A service for adults", ""),
    (0, time(14, 30), time(16), "Working group on fictional cases", ""),
    (1, time(9), time(12), "Child welfare and the children’s house", ""),
    (1, time(13), time(16), "A shelter, presented by its staff", "The address is not written down anywhere."),
    (2, time(9), time(12), "Outreach and sexual health: methods that respect a no", ""),
    (2, time(13), time(14, 30), "What transfers to my county, what does not, and why", ""),
    (2, time(14, 30), time(16), "Three actions with a date; evaluation", ""),
)


def run_cohorts(course: Course, people: dict[str, User]) -> None:
    """Make the cohort in the middle of its visit and the one that has just finished, where they are missing."""
    today = timezone.localdate()
    if not Cohort.objects.filter(key="iasi-autumn").exists():
        _this_autumn(course, people, today)
    if not Cohort.objects.filter(key="bacau-autumn").exists():
        _just_finished(course, people, today)


def _this_autumn(course: Course, people: dict[str, User], today: date) -> None:
    cohort = _cohort(
        course,
        people,
        key="iasi-autumn",
        title="Iași",
        starts=today - timedelta(days=49),
        ends=today + timedelta(days=28),
    )
    places = [enrol(cohort=cohort, user=people[email.split("@")[0]], by=people["stefan"]) for email, *_ in TRAINEES]
    first_day = today - timedelta(days=1)
    _made, sessions = _visit(
        cohort, people, key="oslo", title="Oslo: how services find each other", first_day=first_day
    )
    chapters = _chapters(places[0])
    for place in places:
        for chapter in chapters[: 3 if place.user == people["ana"] else 5]:
            mark_chapter_read(enrolment=place, chapter=chapter, by=place.user)
    marks = {"magdalena": (State.LATE, 20), "bjorn": (State.EXCUSED, 0), "ionut": (State.ABSENT, 0)}
    for session in sessions[:2]:
        _keep(session, people["ingrid"], marks)
        sign_off(session=session, by=people["ingrid"])


def _just_finished(course: Course, people: dict[str, User], today: date) -> None:
    """One trainee who has done everything: the certificate follows from the evidence, as for everybody."""
    cohort = _cohort(
        course,
        people,
        key="bacau-autumn",
        title="Bacău",
        starts=today - timedelta(days=70),
        ends=today + timedelta(days=7),
    )
    place = enrol(cohort=cohort, user=people["mihai"], by=people["stefan"])
    _made, sessions = _visit(
        cohort, people, key="oslo-first", title="Oslo: who does what", first_day=today - timedelta(days=21)
    )
    for chapter in _chapters(place):
        mark_chapter_read(enrolment=place, chapter=chapter, by=place.user)
    for session in sessions:
        _keep(session, people["ingrid"], {})
        sign_off(session=session, by=people["ingrid"])
    _pass_quiz(place)


def _cohort(course: Course, people: dict[str, User], *, key: str, title: str, starts: date, ends: date) -> Cohort:
    cohort = Cohort(key=key, title=f"{title}, {starts:%Y}", course=course, language="ro", starts=starts, ends=ends)
    cohort.full_clean()
    cohort.save()
    CohortTrainer.objects.create(cohort=cohort, user=people["ingrid"], title="veileder")
    return cohort


def _visit(
    cohort: Cohort, people: dict[str, User], *, key: str, title: str, first_day: date
) -> tuple[StudyVisit, list[TrainingSession]]:
    by = people["stefan"]
    visit = plan_visit(
        by=by,
        cohorts=[cohort],
        agenda=[
            AgendaItem(day=first_day + timedelta(days=day), begins=begins, finishes=finishes, text=text, note=note)
            for day, begins, finishes, text, note in AGENDA
        ],
        key=key,
        title=title,
        lead="Three days with people who run shelters, health services and legal aid. We look at methods and at how a"
        " referral travels, never at clients. An invented example.",
        language="en",
        spoken="English, Romanian interpreter",
        host="Eksempelsenteret",
        place="Oslo",
        country="NO",
        time_zone="Europe/Oslo",
        starts=first_day,
        ends=first_day + timedelta(days=2),
    )
    sessions = []
    for day in range(3):
        for half, begins, finishes in HALVES:
            restricted = day == 1 and half == "pm"
            plan = SessionPlan(
                title=f"Day {day + 1}",
                half=half,
                day=first_day + timedelta(days=day),
                begins=begins,
                finishes=finishes,
                minutes=PLANNED,
                cohorts=[cohort],
                visit=visit,
                place="" if restricted else "Eksempelsenteret",
                place_restricted=restricted,
                meeting_point="Oslo S, north entrance, 12:30" if restricted else "",
            )
            sessions.append(plan_session(plan=plan, by=by))
    return visit, sessions


def _keep(session: TrainingSession, trainer: User, marks: dict[str, tuple[State, int]]) -> None:
    """Keep a register as a trainer would: everybody present but those named."""
    entries = []
    people = {
        place.pk: place.user
        for place in Enrolment.objects.filter(cohort__in=session.cohorts.all()).select_related("user")
    }
    for line in register_for(session).lines:
        user = people.get(line.enrolment_id)
        state, missed = marks.get(user.email.split("@")[0] if user else "", (State.PRESENT, 0))
        event_id = uuid5(EVENTS, f"{session.key} {line.uuid}")
        entries.append(Entry(line.uuid, state, missed, based_on=line.version, event_id=event_id))
    record_entries(session=session, entries=entries, by=trainer)


def _chapters(place: Enrolment) -> list[ChapterPage]:
    place.refresh_from_db()
    asked = [
        subject
        for demand in rule_from_json(place.cohort.rule)
        if demand.kind == "reading"
        for subject in demand.subjects
    ]
    pages = ChapterPage.objects.filter(translation_key__in=asked, locale__language_code="en")
    return sorted(pages, key=lambda page: asked.index(str(page.translation_key)))


def _pass_quiz(place: Enrolment) -> None:
    """Sit the quiz and answer every question rightly, through the same doors as everybody."""
    quiz = Quiz.objects.get(key="m01-quiz")
    attempt = start_attempt(enrolment=place, quiz=quiz, by=place.user, language=place.language)
    for item in attempt.items.order_by("position"):
        save_answer(
            attempt_uuid=attempt.uuid,
            by=place.user,
            position=item.position,
            choices=item.key["right"],
            event_id=uuid5(EVENTS, f"{attempt.uuid} {item.position}"),
            sequence=1,
        )
    submit_attempt(attempt=attempt, by=place.user)
