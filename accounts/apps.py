"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Identifies people."""

    name = "accounts"
