"""The manual app."""

from django.apps import AppConfig


class ManualConfig(AppConfig):
    """Teaches."""

    name = "manual"

    def ready(self) -> None:
        from manual import receivers  # noqa: F401 -- connects the receivers
        from manual.models import Print
        from pages.routing import watch

        watch(Print)
