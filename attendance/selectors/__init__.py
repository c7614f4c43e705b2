"""Reads of attendance: registers, visits, one person's half-days, the soundness of a chain."""

from attendance.selectors.chain import Finding, verify_chain
from attendance.selectors.register import Line, Noted, Register, lines_of, people_of, register_for
from attendance.selectors.sheet import language_of, sheet_of
from attendance.selectors.visits import (
    AttendanceLine,
    Day,
    Half,
    attendance_of,
    attendance_of_places,
    days_of,
    minutes_of,
    sessions_kept_by,
    sessions_of_cohort,
    size_of,
    visible_sessions,
    visible_visits,
    visits_kept_by,
)

__all__ = [
    "AttendanceLine",
    "Day",
    "Finding",
    "Half",
    "Line",
    "Noted",
    "Register",
    "attendance_of",
    "attendance_of_places",
    "days_of",
    "language_of",
    "lines_of",
    "minutes_of",
    "people_of",
    "register_for",
    "sessions_kept_by",
    "sessions_of_cohort",
    "sheet_of",
    "size_of",
    "verify_chain",
    "visible_sessions",
    "visible_visits",
    "visits_kept_by",
]
