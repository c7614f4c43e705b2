"""The certificates app."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    """Attests."""

    name = "certificates"

    def ready(self) -> None:
        from certificates import receivers  # noqa: F401
