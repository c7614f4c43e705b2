"""Rules for every answer: trouble with the database, doors and content policy of the CMS, caching of private pages."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import get_language_from_path, get_language_from_request
from django.utils.translation import gettext as _

from csp.constants import SELF, UNSAFE_INLINE

from lms.policy import may_enter

log = logging.getLogger(__name__)
RETRY_AFTER_SECONDS = 5
ALWAYS_SENT = {"wagtailadmin_choose_page_external_link": "external-link-chooser-url"}


class DatabaseTroubleMiddleware:
    """Answers 503 with Retry-After while the database cannot be reached or cannot write.

    It sees what views raise; what other middleware raises goes to `lms.views.server_error`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, (OperationalError, InterfaceError)):
            return unavailable(request)
        return None


def unavailable(request: HttpRequest) -> HttpResponse:
    """Say that nothing was saved and when to try again, without touching the database."""
    match = request.resolver_match  # The route, not the path: an address can hold a token.
    log.exception("The database is in trouble: %s %s", request.method, match.view_name if match else "(no route yet)")
    if "application/json" in request.headers.get("Accept", ""):
        message = _("The site cannot save at the moment. Your work stays on this device; it will be sent again.")
        response: HttpResponse = JsonResponse({"state": "unavailable", "message": message}, status=503)
    else:
        response = HttpResponse(render_to_string("503.html"), status=503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


class LastLanguageMiddleware:
    """Lets pages without a language in their address, such as signing in and the check, speak the one last read.

    A cookie is only needed, and only set, where the browser's own languages would say something else.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        read = get_language_from_path(request.path_info)
        if read and response.status_code == 200 and read != get_language_from_request(request):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                read,
                path=settings.LANGUAGE_COOKIE_PATH,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
                samesite=settings.LANGUAGE_COOKIE_SAMESITE,
            )
        return response


class AdminContentPolicyMiddleware:
    """Allows inline script and style in Wagtail's admin, which still needs them; nowhere else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/cms/") and not hasattr(response, "_csp_replace"):
            response._csp_replace = {
                "script-src": [SELF, UNSAFE_INLINE],
                "style-src": [SELF, UNSAFE_INLINE],
            }
        return response


class CmsPolicyMiddleware:
    """Asks the policy table at every door of the CMS, so that one forgotten check of Wagtail's opens nothing.

    It also answers 400 to a form that comes without a field which Wagtail's own page always sends (8.0.1 breaks).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func: Callable, args: tuple, kwargs: dict) -> None:
        match = request.resolver_match
        if not request.path.startswith("/cms/") or not match.url_name or not request.user.is_authenticated:
            return  # Strangers are led to sign in; what has no name is Wagtail's 404.
        if not may_enter(request.user, match.view_name):
            raise PermissionDenied
        if request.method == "POST" and (field := ALWAYS_SENT.get(match.view_name)) and field not in request.POST:
            raise BadRequest(f"The form lacks {field}.")

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        sent = request.path.startswith("/cms/") and request.method == "POST"
        if sent and isinstance(exception, MultiValueDictKeyError):
            raise BadRequest(f"The form lacks {exception}.") from exception


class PrivateByDefaultMiddleware:
    """Keeps answers to signed-in people out of shared caches, and of the back button after signing out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response and request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response
