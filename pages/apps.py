"""The pages app."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Frames the site."""

    name = "pages"
