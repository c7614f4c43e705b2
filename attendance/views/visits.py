"""Study visits and classes as people read them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from attendance import selectors
from attendance.access import can_run_visit
from attendance.models import TrainingSession
from attendance.selectors import Day


@login_required
@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """List the visits and classes of this person."""
    keeps = set(selectors.sessions_kept_by(request.user).filter(visit__isnull=True).values_list("pk", flat=True))
    context = {
        "visits": selectors.visible_visits(request.user),
        "classes": [(session, session.pk in keeps) for session in selectors.visible_sessions(request.user)],
    }
    return render(request, "attendance/visits.html", context)


@login_required
@require_safe
def visit(request: HttpRequest, key: str) -> HttpResponse:
    """Show a visit: its agenda by half-day, its facts, what to take along, and the registers to who keeps them."""
    found = get_object_or_404(selectors.visible_visits(request.user).prefetch_related("agenda"), key=key)
    days = selectors.days_of(found, request.user)
    sessions = [half.session for day in days for half in day.halves if half.session]
    counted = [session for session in sessions if not session.cancelled]
    runs = can_run_visit(request.user, found)
    context = {
        "visit": found,
        "days": days,
        "counted": len(counted),
        "minutes": sum(session.minutes for session in counted),
        "my_minutes": my_minutes(days),
        "people": selectors.size_of(found),
        "runs": runs,
        "next_register": next_register(counted) if runs else None,
    }
    return render(request, "attendance/visit.html", context)


def my_minutes(days: list[Day]) -> int | None:
    """Add up what is credited to the reader; nothing while they are in no register."""
    mine = [half.mine for day in days for half in day.halves if half.mine and not half.session.cancelled]
    return sum(record.minutes for record in mine) if mine else None


def next_register(sessions: list[TrainingSession]) -> TrainingSession | None:
    """Give the register a trainer most likely wants: the first open one that has begun, else the next to come."""
    open_ones = [session for session in sessions if not session.signed_off]
    begun = [session for session in open_ones if session.starts <= timezone.now()]
    return next(iter([*begun, *open_ones]), None)
