"""The smallest site on which the whole way can be walked, with real transactions: a module, its quiz, one half-day."""

import datetime as dt

from django.core.cache import caches

from wagtail.models import Site

import pytest
import time_machine

from attendance.models import Participation
from pages.models import SiteSettings
from tests.factories.attendance import session_for, visit_for
from tests.factories.courses import CohortFactory, CohortTrainerFactory, CourseFactory, RequirementFactory, enrolment_of
from tests.factories.quizzes import lay_out_quiz

AFTERNOON = dt.datetime(2026, 11, 2, 15, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def afternoon():
    """It is Monday afternoon in Oslo, after the half-day; nobody has tried anything yet."""
    with time_machine.travel(AFTERNOON, tick=False) as clock:
        caches["default"].clear()
        yield clock


@pytest.fixture
def quiz(homes):
    SiteSettings.objects.create(
        site=Site.objects.get(is_default_site=True),
        provider_name="Centrul Comunitar Lunca",
        signatory_name="Ștefan Dobre",
        signatory_title="coordonator",
    )
    return lay_out_quiz(homes)


@pytest.fixture
def course(quiz):
    course = CourseFactory(key="core")
    RequirementFactory(course=course, kind="reading", about="m01", threshold=100)
    RequirementFactory(course=course, kind="quiz", about="m01-quiz", threshold=70)
    RequirementFactory(course=course, kind="attendance", about="", threshold=80)
    return course


@pytest.fixture
def iasi(course, ingrid):
    cohort = CohortFactory(course=course, key="iasi-2026", title="Iași, autumn 2026")
    CohortTrainerFactory(cohort=cohort, user=ingrid)
    return cohort


@pytest.fixture
def place(iasi, ana, stefan):
    return enrolment_of(ana, iasi, by=stefan)


@pytest.fixture
def session(place, iasi, stefan):
    return session_for(iasi, by=stefan, visit=visit_for(iasi, by=stefan))


@pytest.fixture
def ana_there(session, ana):
    return Participation.objects.get(user=ana)
