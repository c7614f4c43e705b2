"""The accounts app, and Wagtail's people in our form."""

from django.apps import AppConfig

from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    """Identifies people."""

    default = True
    name = "accounts"


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's users, who have one name, no password of our making, and roles instead of a superuser tick."""

    user_viewset = "accounts.viewsets.PersonViewSet"
