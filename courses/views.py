"""The pages of trainees, trainers and coordinators around courses."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import is_coordinator
from accounts.models import Invitation, User
from accounts.tasks import send_invitation
from accounts.views import answer_invitation
from courses import selectors, services
from courses.access import can_run, can_see_enrolment
from courses.forms import PlaceForm, ReasonForm
from courses.models import Cohort
from manual.models import ChapterPage
from manual.selectors import Entry, chapters_named
from pages.access import visible_page
from pages.routing import remember_site


@login_required
@require_GET
def my_learning(request: HttpRequest) -> HttpResponse:
    """Show where to go on, what is asked, and why it is not enough yet."""
    learnings = selectors.my_learning(request.user, _chapters_for(request))
    return render(request, "courses/my_learning.html", {"learnings": learnings})


@login_required
@require_GET
def enrolment(request: HttpRequest, uuid: str) -> HttpResponse:
    """Show one enrolment rule by rule, to its trainee and to whoever runs the cohort."""
    learning = selectors.learning_of(uuid, _chapters_for(request))
    if learning is None or not can_see_enrolment(request.user, learning.enrolment):
        raise Http404
    own = learning.enrolment.user_id == request.user.pk
    return render(request, "courses/enrolment.html", {"learning": learning, "own": own})


def _chapters_for(request: HttpRequest) -> Callable[[frozenset[str]], dict[str, Entry]]:
    """Let the chapters of a rule be found in the reader's language, from memory where they are known."""
    language = get_language()

    def find(keys: frozenset[str]) -> dict[str, Entry]:
        name = ("chapters named", keys, language)
        return remember_site(request, name, lambda: chapters_named(keys, language, request))

    return find


@login_required
@require_POST
def mark_read(request: HttpRequest, page_id: int) -> HttpResponse:
    """Mark a chapter as read, or take it back, in every course that asks for it."""
    page = visible_page(request, page_id)
    if not isinstance(page, ChapterPage):
        raise Http404
    read = request.POST.get("read") == "1"
    enrolments = selectors.enrolments_asking_for(request.user, page.translation_key)
    for found in enrolments:
        services.mark_chapter_read(enrolment=found, chapter=page, by=request.user, read=read)
    if not enrolments:
        messages.warning(request, _("None of your courses asks for this chapter, so nothing was recorded."))
    elif read:
        messages.success(request, _("“%(chapter)s” is marked as read.") % {"chapter": page.title})
    else:
        messages.info(request, _("“%(chapter)s” is no longer marked as read.") % {"chapter": page.title})
    return redirect(page.get_url(request) or "courses:my_learning")


@login_required
@require_GET
def cohorts(request: HttpRequest) -> HttpResponse:
    """List the cohorts a trainer runs; a coordinator sees all of them."""
    found = selectors.cohorts_run_by(request.user, everything=is_coordinator(request.user))
    return render(request, "courses/cohorts.html", {"cohorts": found})


@login_required
@require_GET
def cohort(request: HttpRequest, key: str) -> HttpResponse:
    """Show how everybody in a cohort stands."""
    found = _run_cohort(request, key)
    return render(request, "courses/cohort.html", _cohort_context(request, found))


@login_required
@require_POST
def cohort_people(request: HttpRequest, key: str) -> HttpResponse:
    """Give somebody a place: enrol who has an account, invite who has none."""
    found = _coordinated_cohort(request, key)
    form = PlaceForm(request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                place = services.give_place(cohort=found, by=request.user, **form.cleaned_data)
                if place.invitation:
                    number = place.invitation.pk
                    transaction.on_commit(lambda: send_invitation.enqueue(number))
        except services.CourseError as refusal:
            form.add_error(None, refusal.message)
        else:
            _say_place(request, place)
            return redirect("courses:cohort", key=found.key)
    return render(request, "courses/cohort.html", _cohort_context(request, found, form=form), status=422)


@login_required
@require_http_methods(["GET", "POST"])
def cohort_rule(request: HttpRequest, key: str) -> HttpResponse:
    """Show what adopting the course's present demands would change, and adopt them with a reason."""
    found = _coordinated_cohort(request, key)
    form = ReasonForm(request.POST or None)
    try:
        preview = services.rule_preview(cohort=found)
    except services.CourseError as refusal:
        messages.error(request, refusal.message)
        return redirect("courses:cohort", key=found.key)
    if request.method == "POST" and form.is_valid():
        services.adopt_rule(cohort=found, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The cohort now follows what the course asks today."))
        return redirect("courses:cohort", key=found.key)
    context = {"cohort": found, "preview": preview, "form": form}
    return render(request, "courses/cohort_rule.html", context, status=422 if form.errors else 200)


def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person in, and into the cohort the invitation keeps a place in."""
    return answer_invitation(request, token, welcome=_welcome)


def _welcome(user: User, invitation: Invitation) -> str:
    services.take_place(invitation=invitation, user=user)
    return reverse("courses:my_learning")


def _run_cohort(request: HttpRequest, key: str) -> Cohort:
    found = get_object_or_404(Cohort.objects.select_related("course", "project"), key=key)
    if not can_run(request.user, found):
        raise Http404
    return found


def _coordinated_cohort(request: HttpRequest, key: str) -> Cohort:
    if not is_coordinator(request.user):
        raise Http404
    return _run_cohort(request, key)


def _cohort_context(request: HttpRequest, found: Cohort, form: PlaceForm | None = None) -> dict:
    standings = selectors.cohort_overview(found)
    return {
        "cohort": found,
        "standings": standings,
        "contested": [row for row in standings if row.completion and not row.progress.complete],
        "demands": selectors.rule_from_json(found.rule),
        "form": form or PlaceForm(initial={"language": found.language}),
        "coordinates": is_coordinator(request.user),
    }


def _say_place(request: HttpRequest, place: services.Place) -> None:
    if place.enrolment:
        messages.success(request, _("%(name)s has a place in this cohort.") % {"name": place.enrolment.user})
    else:
        messages.success(request, _("An invitation was sent to %(email)s.") % {"email": place.invitation.email})
