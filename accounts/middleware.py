"""Keeps the door of the CMS."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled

from accounts.access import may_enter_cms

CMS = "/cms/"


class CmsDoorMiddleware:
    """Opens the CMS to people with a role there and, where it is asked for, only after a second factor.

    People without a role get a plain 403: Wagtail would send them to sign in, and signing in would send them back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(CMS) and request.user.is_authenticated:
            if not may_enter_cms(request.user):
                raise PermissionDenied
            if settings.STAFF_SECOND_FACTOR and not has_shown_second_factor(request):
                return lead_to_second_factor(request)
        return self.get_response(request)


def has_shown_second_factor(request: HttpRequest) -> bool:
    """Whether this session, not only this account, has passed a second factor or a passkey."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def lead_to_second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor, or show where to set one up."""
    if is_mfa_enabled(request.user):
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")
    messages.info(
        request, _("The editorial rooms open after a second step. Please set up an authenticator app or a passkey.")
    )
    return redirect("mfa_index")
