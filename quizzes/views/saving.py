"""What the script of a quiz page asks: save an answer, all questions at once, who is signed in."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from quizzes import selectors, services
from quizzes.forms import AnswerMessage
from quizzes.models import AnswerEvent
from quizzes.services import QuizError, SavedAnswer
from quizzes.views.places import MOST_QUESTIONS, own_attempt, person_mark, show

REFUSED = {"not_found": 404, "left": 409, "event_reused": 409}


@require_POST
def answer(request: HttpRequest, uuid: UUID, number: int) -> JsonResponse:
    """Save an answer that the script sends, and say what became of it."""
    received = timezone.now()
    if not request.user.is_authenticated:
        return JsonResponse({"state": "signed_out", "text": _("You are signed out.")}, status=401)
    form = AnswerMessage(request.POST)
    if not form.is_valid():
        return JsonResponse({"state": "refused", "code": "bad_request"}, status=400)
    try:
        saved = services.save_answer(
            attempt_uuid=uuid,
            by=request.user,
            position=min(number, MOST_QUESTIONS),
            received=received,
            **form.cleaned_data,
        )
    except QuizError as error:
        said = {"state": "refused", "code": error.code, "text": error.message}
        return JsonResponse(said, status=REFUSED.get(error.code, 400))
    return _told(uuid, saved)


def _told(uuid: UUID, saved: SavedAnswer) -> JsonResponse:
    said = {
        "state": saved.outcome,
        "at": saved.received.isoformat(),
        "choices": saved.chosen,
        "sequence": saved.sequence,
    }
    if saved.outcome == AnswerEvent.Outcome.LATE:
        said |= {
            "text": _("The attempt is closed; this answer came too late to count."),
            "result": reverse("quizzes:result", args=[uuid]),
        }
    elif saved.outcome == AnswerEvent.Outcome.OLDER:
        said["text"] = _("A newer answer to this question was saved in another window. It is shown here now.")
    return JsonResponse(said, status=409 if saved.outcome == AnswerEvent.Outcome.LATE else 200)


@login_required
@require_safe
def sheet(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give all questions of an open attempt at once, so that a page can go on without a connection."""
    found = own_attempt(request, uuid)
    lines = selectors.lines_of(found) if found.is_open else []
    return show(request, "quizzes/sheet.html", found, {"lines": lines, "total": len(lines)})


@never_cache
@require_safe
def state(request: HttpRequest, uuid: UUID) -> JsonResponse:
    """Say who is signed in, as a mark, and give a fresh token for forms."""
    return JsonResponse({"person": person_mark(request, uuid), "token": get_token(request)})
