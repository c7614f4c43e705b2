"""What attendance adds to the admin: its menu; what records hang on is withdrawn or cancelled, never deleted."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from accounts.viewsets import KeptPolicy
from attendance.models import StudyVisit, TrainingSession
from attendance.viewsets import AttendanceGroup

register_permission_policy(StudyVisit, KeptPolicy(StudyVisit))
register_permission_policy(TrainingSession, KeptPolicy(TrainingSession))


@hooks.register("register_admin_viewset")
def register_attendance() -> AttendanceGroup:
    return AttendanceGroup()
