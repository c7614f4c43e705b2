"""The quizzes app."""

from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    """Asks."""

    name = "quizzes"
