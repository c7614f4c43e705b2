"""The pages of study visits and registers."""

from attendance.views.corrections import correction, reopen
from attendance.views.papers import agenda_calendar, sign_in_sheet
from attendance.views.people import people
from attendance.views.register import register
from attendance.views.visits import visit, visits

__all__ = [
    "agenda_calendar",
    "correction",
    "people",
    "register",
    "reopen",
    "sign_in_sheet",
    "visit",
    "visits",
]
