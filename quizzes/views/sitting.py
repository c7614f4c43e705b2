"""An attempt page by page: every deed here works without a script."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.selectors import open_enrolments
from manual.text import translation_key
from quizzes import selectors, services
from quizzes.access import asking_enrolments
from quizzes.forms import AnswerForm, StartForm
from quizzes.models import AnswerEvent, Attempt, Quiz, QuizPage
from quizzes.selectors import Line
from quizzes.selectors.passages import passages_of
from quizzes.services import QuizError
from quizzes.views.places import MOST_QUESTIONS, line_or_404, own_attempt, person_mark, show


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, key: str) -> HttpResponse:
    """Begin an attempt, or go on with the one that is open."""
    quiz = get_object_or_404(Quiz, key=key)
    if request.method != "POST":  # Whoever had to sign in first comes back with a GET.
        if not asking_enrolments(request.user, _face(quiz)):
            raise Http404
        return redirect(_face(quiz).get_url(request))
    form = StartForm(request.POST)
    if not form.is_valid():
        raise Http404
    enrolment = get_object_or_404(open_enrolments(request.user), uuid=form.cleaned_data["enrolment"])
    try:
        attempt = services.start_attempt(
            enrolment=enrolment, quiz=quiz, by=request.user, language=get_language() or settings.LANGUAGE_CODE
        )
    except QuizError as error:
        if error.code == "not_asked":
            raise Http404 from error
        messages.warning(request, error.message)
        return redirect(_face(quiz).get_url(request))
    return redirect("quizzes:attempt", attempt.uuid)


def _face(quiz: Quiz) -> QuizPage:
    """Find the page of a quiz in the reader's language, or in the source language."""
    subject = str(translation_key(quiz.key))
    face = selectors.faces_of([subject], get_language() or settings.LANGUAGE_CODE).get(subject)
    if face is None:
        raise Http404
    return face


@login_required
@require_safe
def attempt(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Go on where it was left: the first question without an answer, else the look over it, else the result."""
    found = own_attempt(request, uuid)
    if not found.is_open:
        return redirect("quizzes:result", uuid)
    for line in selectors.lines_of(found):
        if not line.is_answered:
            return redirect("quizzes:question", uuid, line.position)
    return redirect("quizzes:review", uuid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """Ask one question, and save its answer."""
    found = own_attempt(request, uuid)
    lines = selectors.lines_of(found)
    line = line_or_404(lines, number)
    if request.method == "POST":
        form = AnswerForm(line, request.POST)
        if form.is_valid() and (response := _saved(request, found, form, len(lines))):
            return response
        return show(request, "quizzes/question.html", found, {**_page(request, found, lines, line), "form": form})
    if not found.is_open:
        return redirect("quizzes:result", uuid)
    if found.enrolment.left:
        messages.warning(request, _("You have left this cohort."))
        return redirect("courses:my_learning")
    return show(request, "quizzes/question.html", found, _page(request, found, lines, line))


def _page(request: HttpRequest, attempt: Attempt, lines: list[Line], line: Line) -> dict:
    return {"line": line, "lines": lines, "total": len(lines), "person": person_mark(request, attempt.uuid)}


def _saved(request: HttpRequest, attempt: Attempt, form: AnswerForm, total: int) -> HttpResponse | None:
    """Save what the form says and lead on; nothing when the form has to be shown again."""
    number = form.line.position
    if form.says_something:
        try:
            saved = services.save_answer(
                attempt_uuid=attempt.uuid,
                by=request.user,
                position=number,
                choices=form.cleaned_data["choice"],
                event_id=form.event_id(attempt),
                sequence=form.cleaned_data["sequence"],
            )
        except QuizError as error:
            form.add_error("choice", error.message)
            return None
        if saved.outcome == AnswerEvent.Outcome.LATE:
            messages.warning(request, _("This answer came after the attempt was closed and does not count."))
            return redirect("quizzes:result", attempt.uuid)
        if saved.outcome == AnswerEvent.Outcome.OLDER:
            messages.warning(
                request, _("A newer answer to this question was already saved, perhaps in another window. It stays.")
            )
            return redirect("quizzes:question", attempt.uuid, number)
    if number < total:
        return redirect("quizzes:question", attempt.uuid, number + 1)
    return redirect("quizzes:review", attempt.uuid)


@login_required
@require_safe
def passage(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """Open the chapter a question belongs to."""
    found = own_attempt(request, uuid)
    item = get_object_or_404(found.items, position=min(number, MOST_QUESTIONS))
    url = passages_of([item.key["chapter"]], found.language).url(item.key["chapter"], "", request)
    if not url:
        raise Http404
    return redirect(url)


@login_required
@require_safe
def review(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Look over the answers before handing them in."""
    found = own_attempt(request, uuid)
    if not found.is_open:
        return redirect("quizzes:result", uuid)
    lines = selectors.lines_of(found)
    unanswered = [line for line in lines if not line.is_answered]
    context = {
        "lines": lines,
        "total": len(lines),
        "unanswered": unanswered,
        "answered": len(lines) - len(unanswered),
        "person": person_mark(request, uuid),
        "pass_mark": selectors.pass_mark(found.enrolment, found.quiz),
    }
    return show(request, "quizzes/review.html", found, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hand the answers in."""
    found = own_attempt(request, uuid)
    if request.method != "POST":  # Whoever had to sign in first comes back with a GET, and looks once more.
        return redirect("quizzes:review", uuid)
    try:
        services.submit_attempt(attempt=found, by=request.user)
    except QuizError as error:
        messages.warning(request, error.message)
        return redirect("courses:my_learning")
    return redirect("quizzes:result", uuid)
