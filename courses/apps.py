"""The courses app."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """Decides."""

    name = "courses"
