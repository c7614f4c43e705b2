"""The composition root as an app: its checks, commands and static files."""

from django.apps import AppConfig


class LmsConfig(AppConfig):
    """Puts the apps together and checks that they fit."""

    name = "lms"

    def ready(self) -> None:
        from lms import checks  # noqa: F401 -- registers the system checks
