"""The doors of courses: enrol people, record evidence, open cohorts; nothing else changes these tables."""

from courses.services.cohorts import adopt_rule, open_cohort, rule_preview
from courses.services.enrolment import Place, enrol, give_place, leave, take_place
from courses.services.errors import CourseError
from courses.services.evidence import (
    mark_chapter_read,
    plan_minutes,
    recognise_evidence,
    record_evidence,
    record_many,
    withdraw_completion,
)

__all__ = [
    "CourseError",
    "Place",
    "adopt_rule",
    "enrol",
    "give_place",
    "leave",
    "mark_chapter_read",
    "open_cohort",
    "plan_minutes",
    "recognise_evidence",
    "record_evidence",
    "record_many",
    "rule_preview",
    "take_place",
    "withdraw_completion",
]
