"""What the views share: the attempt of whoever asks, and pages in the time of the cohort."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from quizzes import services
from quizzes.access import owns
from quizzes.models import Attempt
from quizzes.selectors import Line

SALT = "quizzes.person"
MOST_QUESTIONS = 1000  # A number in an address can be too large for a database; no quiz is.


def attempt_or_404(uuid: UUID) -> Attempt:
    """Find an attempt with everything that decides about it: one query."""
    return get_object_or_404(Attempt.objects.select_related("enrolment__cohort", "enrolment__user", "quiz"), uuid=uuid)


def own_attempt(request: HttpRequest, uuid: UUID) -> Attempt:
    """Find the visitor's own attempt; one whose time is over is closed on the way."""
    attempt = attempt_or_404(uuid)
    if not owns(request.user, attempt):
        raise Http404
    if services.is_overdue(attempt, timezone.now()):
        services.close_overdue(attempt=attempt)
        attempt.refresh_from_db(fields=["state", "closed"])
    return attempt


def line_or_404(lines: list[Line], number: int) -> Line:
    """Find a question by its number."""
    if not 1 <= number <= len(lines):
        raise Http404
    return lines[number - 1]


def show(request: HttpRequest, template: str, attempt: Attempt, context: dict) -> HttpResponse:
    """Draw a page about an attempt; its times are those of the cohort."""
    with timezone.override(ZoneInfo(attempt.enrolment.cohort.time_zone)):
        return render(request, template, {"attempt": attempt, **context})


def person_mark(request: HttpRequest, uuid: UUID) -> str:
    """Name the person signed in so that a page can tell whether it is still the same one, and nothing else."""
    if not request.user.is_authenticated:
        return ""
    return salted_hmac(SALT, f"{uuid}:{request.user.pk}", algorithm="sha256").hexdigest()[:32]
