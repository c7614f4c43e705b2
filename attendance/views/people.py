"""The list of a visit or a class: who is on it, who joins."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from attendance import selectors, services
from attendance.forms import PersonForm
from attendance.models import Participation, TrainingSession
from attendance.views.register import kept_session


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the list, bring in those who are enrolled, write down a guest, take somebody off."""
    session = kept_session(request, key)
    form = PersonForm()
    if request.method == "POST":
        if "enrolled" in request.POST:
            return _bring_in(request, session)
        if "withdraw" in request.POST:
            return _withdraw(request, session)
        form = PersonForm(request.POST)
        if form.is_valid():
            person = services.add_person(by=request.user, **form.cleaned_data, **_list_of(session)[0])
            messages.success(request, _("%(name)s is on the list.") % {"name": person.name})
            return redirect(session)
    context = {"session": session, "lines": selectors.lines_of(session), "form": form}
    return render(request, "attendance/people.html", context, status=422 if form.errors else 200)


def _bring_in(request: HttpRequest, session: TrainingSession) -> HttpResponse:
    count = sum(len(services.add_participants(by=request.user, **which)) for which in _list_of(session))
    if count:
        text = ngettext("%(count)d person was added.", "%(count)d people were added.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("Everybody enrolled is on the list."))
    return redirect("attendance:people", key=session.key)


def _withdraw(request: HttpRequest, session: TrainingSession) -> HttpResponse:
    on_the_list = {line.uuid for line in selectors.lines_of(session)}
    person = get_object_or_404(Participation, uuid__in=on_the_list, uuid=_uuid(request.POST["withdraw"]))
    services.withdraw_person(participation=person, by=request.user)
    messages.success(request, _("%(name)s is off the list.") % {"name": person.name})
    return redirect("attendance:people", key=session.key)


def _list_of(session: TrainingSession) -> list[dict]:
    """Name the lists behind a register: one of the visit, or one for each cohort in class."""
    if session.visit:
        return [{"visit": session.visit}]
    return [{"cohort": cohort} for cohort in session.cohorts.order_by("pk")]


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
