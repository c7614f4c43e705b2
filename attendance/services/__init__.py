"""The doors of attendance: plan visits and sessions, bring in people, keep a register, close it."""

from attendance.services.closing import reopen, sign_off
from attendance.services.errors import AttendanceError
from attendance.services.people import add_participants, add_person, withdraw_person
from attendance.services.planning import (
    SessionPlan,
    cancel_session,
    instants_of,
    plan_session,
    plan_visit,
    withdraw_visit,
)
from attendance.services.recording import Entry, correct_record, record_entries, resolve_conflict, undo_entries

__all__ = [
    "AttendanceError",
    "Entry",
    "SessionPlan",
    "add_participants",
    "add_person",
    "cancel_session",
    "correct_record",
    "instants_of",
    "plan_session",
    "plan_visit",
    "record_entries",
    "reopen",
    "resolve_conflict",
    "sign_off",
    "undo_entries",
    "withdraw_person",
    "withdraw_visit",
]
