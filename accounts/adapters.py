"""What allauth asks us: sign-up is closed, and demonstration accounts stay on this machine."""

from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

from allauth.account.adapter import DefaultAccountAdapter

from accounts.access import demonstration_is_open
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """People come by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs) -> HttpResponse | None:
        """Turn demonstration accounts away from other machines, however they identified themselves."""
        if user.is_demo and not demonstration_is_open(
            split_domain_port(request.get_host())[0], request.META["REMOTE_ADDR"]
        ):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)
