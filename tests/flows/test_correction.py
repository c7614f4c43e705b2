"""A presence is corrected after everything was closed: progress falls, the completion stands until a person decides."""

from django.urls import reverse

import pytest

from attendance import services
from attendance.models import Participation
from attendance.selectors import attendance_of, minutes_of, verify_chain
from courses.models import Completion
from courses.selectors import contested_completions, progress_of
from tests.factories.attendance import entry, session_for, visit_for
from tests.factories.courses import CohortFactory, CohortTrainerFactory, CourseFactory, RequirementFactory, enrolment_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def finished(homes, ana, ingrid, stefan):
    """Ana was there, the register is signed off, her course is completed."""
    course = CourseFactory(key="core")
    RequirementFactory(course=course, kind="attendance", about="", threshold=80)
    iasi = CohortFactory(course=course, key="iasi-2026")
    CohortTrainerFactory(cohort=iasi, user=ingrid)
    place = enrolment_of(ana, iasi, by=stefan)
    visit = visit_for(iasi, by=stefan)
    session = session_for(iasi, by=stefan, visit=visit)
    person = Participation.objects.get(user=ana)
    services.record_entries(session=session, entries=[entry(person, "present")], by=ingrid)
    services.sign_off(session=session, by=ingrid)
    return session, person, place


def test_a_correction_contests_a_completion_and_revokes_nothing(finished, ingrid, ana, browser_of):
    session, person, place = finished
    assert Completion.objects.filter(withdrawn__isnull=True).count() == 1

    browser_of(ingrid).post(
        reverse("attendance:correction", args=[session.key, person.uuid]),
        {"state": "absent", "based_on": "1", "reason": "The signed list has no signature."},
    )

    assert minutes_of(place) == 0
    assert not progress_of(place).complete
    assert Completion.objects.filter(withdrawn__isnull=True).count() == 1
    assert [row.enrolment for row in contested_completions(place.cohort)] == [place]
    assert [line.record.reason for line in attendance_of(place)] == ["The signed list has no signature."]
    assert verify_chain(session) == []
    html = browser_of(ana).get(session.visit.get_absolute_url()).content.decode()
    assert "Absent" in html
    assert "The signed list" not in html
