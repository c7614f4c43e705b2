"""What came of attempts: one for its trainee, all of a cohort for those who run it."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses.access import can_run
from courses.models import Cohort
from quizzes import selectors, services
from quizzes.access import can_see_result, owns
from quizzes.models import Grade
from quizzes.selectors.passages import passages_of
from quizzes.views.places import attempt_or_404, show


@login_required
@require_safe
def result(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what a closed attempt earned, what to look at again first, and where to read it."""
    attempt = attempt_or_404(uuid)
    if not can_see_result(request.user, attempt):
        raise Http404
    own = owns(request.user, attempt)
    if services.is_overdue(attempt, timezone.now()):
        services.close_overdue(attempt=attempt)
        attempt.refresh_from_db(fields=["state", "closed"])
    if attempt.is_open:
        return redirect("quizzes:attempt", uuid) if own else redirect("quizzes:results", attempt.enrolment.cohort.key)
    grade = Grade.objects.filter(attempt=attempt).latest("pk")
    lines = selectors.reviewed_lines(attempt, grade)
    standings = selectors.standings([attempt.enrolment], get_language())[attempt.enrolment_id]
    context = {
        "own": own,
        "grade": grade,
        "passed": grade.percent >= grade.rule["pass_mark"],
        "again": [line for line in lines if not line.is_right],
        "right": [line for line in lines if line.is_right],
        "total": len(lines),
        "passages": passages_of({line.chapter_key for line in lines}, attempt.language),
        "standing": next((standing for standing in standings if standing.quiz == attempt.quiz), None),
    }
    return show(request, "quizzes/result.html", attempt, context)


@login_required
@require_safe
def results(request: HttpRequest, key: str) -> HttpResponse:
    """Show everybody in a cohort with every quiz it asks for."""
    cohort = get_object_or_404(Cohort, key=key)
    if not can_run(request.user, cohort):
        raise Http404
    with timezone.override(ZoneInfo(cohort.time_zone)):
        found = selectors.results_of(cohort, get_language())
        return render(request, "quizzes/results.html", {"cohort": cohort, "quizzes": found})
