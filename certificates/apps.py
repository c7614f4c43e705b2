"""The certificates app."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    """Attests."""

    name = "certificates"
