"""Recognises people; demonstration accounts are nobody outside the demonstration."""

from django.conf import settings

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class PeopleBackend(AuthenticationBackend):
    """Knows people by e-mail address and password, on every request anew.

    Django asks `user_can_authenticate` for each request of a session, so an account that is disabled, or a
    demonstration account once the demonstration is over, is signed out at once.
    """

    def user_can_authenticate(self, user: User) -> bool:
        if user.is_demo and not settings.DEMO:
            return False
        return super().user_can_authenticate(user)
