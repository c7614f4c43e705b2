"""Courses, cohorts and places."""

import datetime as dt

import factory

from courses import services
from courses.models import Cohort, CohortTrainer, Course, Requirement


class CourseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Course

    key = factory.Sequence(lambda n: f"course-{n}")
    title_en = "Counselling and assistance"
    title_ro = "Consiliere și asistență"
    title_nb = "Samtale og bistand"
    academic_hour = 45


class RequirementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Requirement

    course = factory.SubFactory(CourseFactory)
    kind = "reading"
    about = "m01"
    threshold = 100
    sort_order = factory.Sequence(int)


class CohortFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Cohort

    key = factory.Sequence(lambda n: f"cohort-{n}")
    title = factory.Sequence(lambda n: f"Cohort {n}")
    course = factory.SubFactory(CourseFactory)
    language = "ro"
    starts = dt.date(2026, 10, 1)
    ends = dt.date(2026, 12, 18)


class CohortTrainerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CohortTrainer

    title = "trainer"


def enrolment_of(user, cohort, by=None):
    """Give a person a place through the door."""
    return services.enrol(cohort=cohort, user=user, by=by or user)
