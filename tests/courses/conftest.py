"""A course that asks for two chapters and half a day, and its two cohorts."""

import datetime as dt
import uuid

import pytest

from courses import services
from manual.text import translation_key
from tests.factories.courses import (
    CohortFactory,
    CohortTrainerFactory,
    CourseFactory,
    RequirementFactory,
    enrolment_of,
)
from tests.factories.manual import ChapterPageFactory, ManualPageFactory, ModulePageFactory

SESSION = uuid.UUID(int=1)


@pytest.fixture
def module(homes):
    manual = ManualPageFactory(parent=homes["en"])
    return ModulePageFactory(parent=manual)


@pytest.fixture
def chapters(module):
    return [
        ChapterPageFactory(parent=module, key=f"m01-{n}", number=f"1.{n}", title=f"Chapter {n}", slug=f"chapter-{n}")
        for n in (1, 2)
    ]


@pytest.fixture
def course(chapters):
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
def bacau(course):
    return CohortFactory(course=course, key="bacau-2026", title="Bacău, autumn 2026")


@pytest.fixture
def place(iasi, ana, stefan):
    """Ana's place in Iași, with half a day planned."""
    enrolment = enrolment_of(ana, iasi, by=stefan)
    services.plan_minutes(cohort=iasi, key=SESSION, minutes=180, ends=dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC))
    return enrolment


@pytest.fixture
def quiz_subject():
    return translation_key("m01-quiz")
