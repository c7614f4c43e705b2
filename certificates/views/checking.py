"""The public check: anybody may ask, nobody learns a name.

These views change nothing and know no session, so they ask for no token against forged requests: they also work for
people who refuse cookies. Everything is counted per address and answered without being kept anywhere.
"""

import hashlib
from collections.abc import Callable
from functools import wraps

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from allauth.core.ratelimit import consume_or_429

from certificates import selectors
from certificates.codes import LONGEST_TYPED, names_match
from certificates.forms import LARGEST_FILE, CodeForm, FileForm, NameForm
from certificates.models import Certificate

View = Callable[..., HttpResponse]
FORM_OVERHEAD = 16 * 1024  # what a browser wraps around a file
REPEATED = 60  # signs of what was typed that are repeated


def unlisted(view: View) -> View:
    """Keep the answers of a view out of search engines and caches."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Cache-Control"] = "no-store"
        return response

    return answer


@csrf_exempt
@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """Ask for the code beside the square, and lead to the answer."""
    if request.method != "POST":
        return _page(request)
    if limited := consume_or_429(request, action="verify", limit_get=True):
        return limited
    typed = CodeForm(request.POST)
    if not typed.is_valid() and len(typed.data.get("code", "")) <= LONGEST_TYPED:
        return _page(request, status=422, code_form=typed)
    code = typed.data["code"]
    if found := selectors.find_by_token(code):
        return redirect("verify:certificate", token=found.token)
    return _unknown(request, code)


@csrf_exempt
@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    """Say whether a certificate stands, and whether a typed name is the one on it."""
    if limited := consume_or_429(request, action="verify", limit_get=True):
        return limited
    found = selectors.find_by_token(token)
    if found is None:
        return _unknown(request, token)
    name_form = NameForm(request.POST or None)
    if request.method == "POST" and found.state == "valid":
        if limited := consume_or_429(request, action="verify_name", key=found.token):
            return limited
        if not name_form.is_valid():
            return _verdict(request, found, name_form=name_form, status=422)
        matches = names_match(found.recipient, name_form.cleaned_data["name"])
        # An empty form again: whatever was typed, the page holds no name.
        return _verdict(request, found, name_form=NameForm(), name_matches=matches)
    return _verdict(request, found, name_form=NameForm())


class InMemory(MemoryFileUploadHandler):
    """Keeps an upload in memory whatever its size, so that no file of a stranger ever reaches the disk."""

    def handle_raw_input(self, *args, **kwargs):
        super().handle_raw_input(*args, **kwargs)
        self.activated = True


@csrf_exempt
@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def check_file(request: HttpRequest) -> HttpResponse:
    """Compare a file with the documents issued here, byte by byte through its hash; keep nothing of it."""
    if request.method != "POST":  # somebody came back here, or chose another language
        return redirect("verify:form")
    if limited := consume_or_429(request, action="verify", limit_get=True):
        return limited
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_FILE + FORM_OVERHEAD:
        # Refused unread.
        return _page(request, status=413, too_large=True)
    request.upload_handlers = [InMemory(request)]
    given = FileForm(request.POST, request.FILES)
    if not given.is_valid():
        return _page(request, status=422, file_form=given)
    found = selectors.find_by_hash(hashlib.sha256(given.cleaned_data["file"].read()).hexdigest())
    if found is None:
        return _page(request, state="altered")
    return _verdict(request, found, name_form=NameForm(), by_file=True)


def _page(request: HttpRequest, *, status: int = 200, **more: object) -> HttpResponse:
    context = {"code_form": CodeForm(), "file_form": FileForm()} | more
    return render(request, "certificates/verify.html", context, status=status)


def _unknown(request: HttpRequest, typed: str) -> HttpResponse:
    # An answer like the others. A 404 would send the visitor to the same address with a language in front of it.
    return _page(request, state="unknown", typed=typed[:REPEATED])


def _verdict(request: HttpRequest, found: Certificate, *, status: int = 200, **more: object) -> HttpResponse:
    context = {"state": found.state, "certificate": found, "name_matches": None} | more
    return _page(request, status=status, **context)
