"""Answers that belong to no app: health, an expired form, and what went wrong."""

import sys

from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.middleware import unavailable


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Say whether the database answers; the middleware turns trouble into 503."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"status": "ok", "database": connection.vendor})


def not_found(request: HttpRequest) -> HttpResponse:
    """Wall up an address of a library."""
    raise Http404


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain that a form has expired and how to send it again; nothing that was saved is lost."""
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer calmly when something broke, without touching the database.

    Trouble with the database outside a view, such as when the session is saved, arrives here and not in
    `DatabaseTroubleMiddleware.process_exception`.
    """
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return unavailable(request)
    return HttpResponse(render_to_string("500.html"), status=500)
