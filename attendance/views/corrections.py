"""What happens to a register after it was signed off."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from attendance import selectors, services
from attendance.forms import MARKS, CorrectionForm, ReasonForm
from attendance.services import AttendanceError
from attendance.views.register import kept_session


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, key: UUID, person: UUID) -> HttpResponse:
    """Correct one line of a register with a reason; the old value stays readable."""
    session = kept_session(request, key)
    line = next((line for line in selectors.register_for(session).lines if line.uuid == person), None)
    if line is None:
        raise Http404
    shown = line.standing.mark if line.standing else None
    initial = {"state": shown.state, shown.state.value: shown.missed or None} if shown else {}
    form = CorrectionForm(request.POST or None, initial={**initial, "based_on": line.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.correct_record(
                session=session,
                participation=person,
                mark=form.mark,
                based_on=form.cleaned_data["based_on"],
                by=request.user,
                reason=form.cleaned_data["reason"],
            )
        except AttendanceError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The line of %(name)s is corrected.") % {"name": line.name})
            return redirect(session)
    context = {"session": session, "line": line, "form": form, "marks": MARKS}
    return render(request, "attendance/correction.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, key: UUID) -> HttpResponse:
    """Open a closed register again; the page says what that means and asks why."""
    session = kept_session(request, key)
    if not session.signed_off:
        return redirect(session)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.reopen(session=session, by=request.user, reason=form.cleaned_data["reason"])
        except AttendanceError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("The register is open again."))
        return redirect(session)
    return render(
        request, "attendance/reopen.html", {"session": session, "form": form}, status=422 if form.errors else 200
    )
