"""Recognises people; demonstration accounts are nobody outside the demonstration."""

from django.conf import settings

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User
from accounts.selectors import person_with_roles


class PeopleBackend(AuthenticationBackend):
    """Knows people by e-mail address and password, on every request anew.

    Django asks `user_can_authenticate` for each request of a session, so an account that is disabled, or a
    demonstration account once the demonstration is over, is signed out at once.
    """

    def get_user(self, user_id: int) -> User | None:
        user = person_with_roles(user_id)
        return user if user and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: User) -> bool:
        if user.is_demo and not settings.DEMO:
            return False
        return super().user_can_authenticate(user)
