"""Study visits, half-days, the people in them, and the ledger of who was there."""

from attendance.models.ledger import STATES, AttendanceRecord, SignOff
from attendance.models.people import Participation
from attendance.models.visits import AgendaItem, StudyVisit, TrainingSession

__all__ = ["STATES", "AgendaItem", "AttendanceRecord", "Participation", "SignOff", "StudyVisit", "TrainingSession"]
