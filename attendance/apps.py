"""The attendance app."""

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    """Records presence."""

    name = "attendance"
