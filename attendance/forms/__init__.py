"""What people send: a register of many lines, a correction, a reason, a person for the list, a plan."""

from attendance.forms.planning import SessionForm, StudyVisitForm
from attendance.forms.register import MARKS, CorrectionForm, PersonForm, ReasonForm, RegisterForm, TypedLine

__all__ = [
    "MARKS",
    "CorrectionForm",
    "PersonForm",
    "ReasonForm",
    "RegisterForm",
    "SessionForm",
    "StudyVisitForm",
    "TypedLine",
]
