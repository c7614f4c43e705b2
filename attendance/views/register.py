"""The register: one screen for a phone, saved as it is kept."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from attendance import selectors, services
from attendance.forms import MARKS, RegisterForm
from attendance.models import TrainingSession
from attendance.selectors import Register
from attendance.services import AttendanceError


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a register to those who keep it, and take what they send."""
    if request.method == "POST":
        return _keep(request, key)
    return _page(request, kept_session(request, key))


def kept_session(request: HttpRequest, key: UUID) -> TrainingSession:
    """Give a session whose register this person keeps; to everybody else it does not exist."""
    sessions = selectors.sessions_kept_by(request.user).select_related("visit")
    return get_object_or_404(sessions, key=key)


def _keep(request: HttpRequest, key: UUID) -> HttpResponse:
    form = RegisterForm(request.POST)
    try:
        records = _deed(request, key, form)
    except AttendanceError as refusal:
        return _refused(request, key, form, refusal)
    saved = f"{records[0].seq}-{records[-1].seq}" if records else ""
    conflicting = [record for record in records if record.conflicting]
    if wants_json(request):
        return _answer(request, key, form, saved, conflicting)
    if form.errors or conflicting:
        # Shown at once, with what was typed: nobody should have to look for it after a redirect.
        return _page(request, kept_session(request, key), form, saved, status=409 if conflicting else 422)
    if "sign_off" in request.POST:
        return _sign_off(request, key)
    if not records:
        messages.info(request, _("Nothing new: the register says this already."))
    session = TrainingSession(key=key)
    return redirect(f"{session.get_absolute_url()}?saved={saved}" if saved else session)


def _deed(request: HttpRequest, key: UUID, form: RegisterForm) -> list:
    if form.undo:
        first, last = form.undo
        return services.undo_entries(session=key, first=first, last=last, by=request.user)
    if form.decision:
        person, chosen, based_on = form.decision
        record = services.resolve_conflict(
            session=key, participation=person, chosen=chosen, based_on=based_on, by=request.user
        )
        return [record]
    return services.record_entries(session=key, entries=form.entries, rest=form.rest, by=request.user)


def _sign_off(request: HttpRequest, key: UUID) -> HttpResponse:
    session = TrainingSession(key=key)
    if "there" not in request.POST:
        messages.warning(request, _("Not signed off yet. Confirm that you were there and that the list is right."))
        return redirect(f"{session.get_absolute_url()}#sign-off")
    try:
        services.sign_off(session=key, by=request.user)
    except AttendanceError as refusal:
        messages.warning(request, refusal.message)
        return redirect(f"{session.get_absolute_url()}#sign-off")
    messages.success(request, _("Signed off. The list is closed; a line can still be corrected, with a reason."))
    return redirect(session)


def _refused(request: HttpRequest, key: UUID, form: RegisterForm, refusal: AttendanceError) -> HttpResponse:
    if refusal.code == "not_yours":
        raise Http404
    if wants_json(request):
        return JsonResponse({"state": "refused", "code": refusal.code, "text": refusal.message}, status=409)
    messages.error(request, _("The list was not saved. %(why)s") % {"why": refusal.message})
    return redirect(TrainingSession(key=key))


def _page(
    request: HttpRequest,
    session: TrainingSession,
    form: RegisterForm | None = None,
    saved: str = "",
    status: int = 200,
) -> HttpResponse:
    found = selectors.register_for(session)
    context = {
        **_context(request, found, saved or request.GET.get("saved", "")),
        "typed": form.typed if form else {},
        "errors": [(line, form.errors[line.uuid]) for line in found.lines if line.uuid in form.errors] if form else [],
        "contradicted": form is not None and bool(found.conflicts),
    }
    template = "attendance/register_closed.html" if session.signed_off else "attendance/register.html"
    return render(request, template, context, status=status)


def _answer(request: HttpRequest, key: UUID, form: RegisterForm, saved: str, conflicting: list) -> JsonResponse:
    """Tell the script what is saved, and hand it every line that now looks different from what it shows."""
    found = selectors.register_for(kept_session(request, key))
    context = {**_context(request, found, saved), "typed": form.typed}
    entered = {entry.participation: entry.mark for entry in form.entries}
    # A line shows what stands if that is what was sent and nobody contradicts it; every other one is drawn again.
    sent = {line.uuid for line in found.lines if entered.get(line.uuid) == line.mark and not line.conflict}
    changed = {line.uuid for line, _noted in _noted_in(found, saved)} | {line.uuid for line in found.conflicts}
    redrawn = [line for line in found.lines if line.uuid in (changed | set(form.typed)) - sent]
    now = timezone.localtime(timezone=found.session.local_starts.tzinfo)
    answer = {
        "state": "conflict" if conflicting else "saved",
        "text": _("Saved at %(time)s") % {"time": f"{now:%H:%M}"},
        "versions": {str(line.uuid): line.version for line in found.lines if line.uuid in sent},
        "lines": {
            str(line.uuid): render_to_string("attendance/register_line.html", {**context, "line": line}, request)
            for line in redrawn
        },
        "tally": render_to_string("attendance/tally.html", context, request),
        "undo": render_to_string("attendance/undo.html", context, request),
        "ready": render_to_string("attendance/register_ready.html", context, request),
    }
    return JsonResponse(answer, status=409 if conflicting else 200)


def _context(request: HttpRequest, found: Register, saved: str) -> dict:
    noted = _noted_in(found, saved)
    undoable = [pair for pair in noted if pair[1].author_id == request.user.pk and not pair[1].conflicting]
    return {
        "register": found,
        "session": found.session,
        "marks": MARKS,
        "form_id": uuid4(),
        "saved": saved if undoable else "",
        "saved_text": _what_was_saved(undoable),
    }


def _noted_in(found: Register, saved: str) -> list:
    first, dash, last = saved.partition("-")
    if not (dash and first.isdecimal() and last.isdecimal() and len(saved) < 20):
        return []
    return found.noted(int(first), int(last))


def _what_was_saved(noted: list) -> str:
    if len(noted) == 1:
        ((line, record),) = noted
        return _("%(name)s: %(state)s. Saved.") % {"name": line.name, "state": record.label.lower()}
    return ngettext("%(count)d person saved.", "%(count)d people saved.", len(noted)) % {"count": len(noted)}


def wants_json(request: HttpRequest) -> bool:
    """Whether the script is asking, not a form."""
    return "application/json" in request.headers.get("Accept", "")
