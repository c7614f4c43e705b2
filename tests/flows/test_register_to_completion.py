"""Flow 3: a trainer keeps the register, and the last half-day completes a course."""

import datetime as dt
import uuid

from django.urls import reverse

import pytest

from attendance.models import AttendanceRecord, Participation
from courses.models import Completion, Evidence
from courses.signals import course_completed
from tests.factories.attendance import session_for, visit_for
from tests.factories.courses import CohortFactory, CohortTrainerFactory, CourseFactory, RequirementFactory, enrolment_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_half_days(homes, ana, ingrid, stefan):
    """Ana's cohort is in Oslo for a day; the course asks for 80 percent of the hours."""
    course = CourseFactory(key="core")
    RequirementFactory(course=course, kind="attendance", about="", threshold=80)
    iasi = CohortFactory(course=course, key="iasi-2026")
    CohortTrainerFactory(cohort=iasi, user=ingrid)
    enrolment_of(ana, iasi, by=stefan)
    visit = visit_for(iasi, by=stefan)
    return (
        session_for(iasi, by=stefan, visit=visit),
        session_for(iasi, by=stefan, visit=visit, begins=dt.time(13), finishes=dt.time(16), half="pm"),
    )


def test_the_register_of_the_last_half_day_completes_the_course(
    two_half_days, ana, ingrid, browser_of, django_capture_on_commit_callbacks
):
    morning, afternoon = two_half_days
    participation = Participation.objects.get(user=ana)
    phone, heard = browser_of(ingrid), []
    course_completed.connect(lambda completion, **_: heard.append(completion), weak=False, dispatch_uid="flow 3")

    def mark(session, state, **minutes):
        sent = {"form": uuid.uuid4(), f"state-{participation.uuid}": state, f"based-{participation.uuid}": "0"}
        sent |= {f"{name}-{participation.uuid}": value for name, value in minutes.items()}
        with django_capture_on_commit_callbacks(execute=True):
            return phone.post(reverse("attendance:register", args=[session.key]), sent, follow=True)

    mark(morning, "left_early", left_early="72")
    assert Completion.objects.count() == 0
    # 288 of 360 minutes are asked: 108 and 180 are just enough.
    mark(afternoon, "present")

    course_completed.disconnect(dispatch_uid="flow 3")
    completion = Completion.objects.get()
    assert heard == [completion]
    assert completion.enrolment.user == ana
    assert {fact["amount"] for fact in completion.facts} == {"108.00", "180.00"}
    assert AttendanceRecord.objects.count() == Evidence.objects.count() == 2
