"""Ana's cohort on its way to Oslo: a visit with one half-day, and everybody on the list."""

import datetime as dt

import pytest
import time_machine

from attendance.models import Participation
from tests.factories.attendance import session_for, visit_for
from tests.factories.courses import CohortFactory, CohortTrainerFactory, CourseFactory, RequirementFactory, enrolment_of

AFTERNOON = dt.datetime(2026, 11, 2, 15, 30, tzinfo=dt.UTC)


@pytest.fixture
def clock():
    """It is Monday afternoon in Oslo, after the first half-day of the visit."""
    with time_machine.travel(AFTERNOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def course(homes):
    course = CourseFactory(key="core")
    RequirementFactory(course=course, kind="attendance", about="", threshold=80)
    return course


@pytest.fixture
def iasi(course, ingrid):
    cohort = CohortFactory(course=course, key="iasi-2026", title="Iași, autumn 2026")
    CohortTrainerFactory(cohort=cohort, user=ingrid)
    return cohort


@pytest.fixture
def bacau(course):
    return CohortFactory(course=course, key="bacau-2026", title="Bacău, autumn 2026")


@pytest.fixture
def place(iasi, ana, stefan):
    return enrolment_of(ana, iasi, by=stefan)


@pytest.fixture
def visit(iasi, place, stefan):
    return visit_for(iasi, by=stefan)


@pytest.fixture
def session(clock, visit, iasi, stefan):
    return session_for(iasi, by=stefan, visit=visit)


@pytest.fixture
def ana_there(session, ana):
    """Ana on the list of the visit."""
    return Participation.objects.get(user=ana)


@pytest.fixture
def sanda(carol, iasi):
    """A second trainer of the cohort."""
    CohortTrainerFactory(cohort=iasi, user=carol)
    return carol


@pytest.fixture
def phone(browser_of, ingrid):
    """Ingrid's telephone, signed in."""
    return browser_of(ingrid)
