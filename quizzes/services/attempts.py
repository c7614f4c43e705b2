"""An attempt begins: questions are drawn and frozen as they are served."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Enrolment
from quizzes import questions, selectors
from quizzes.models import Attempt, AttemptItem, Question, Quiz, new_seed
from quizzes.questions import Use
from quizzes.selectors.passages import Passages, passages_of
from quizzes.services.errors import QuizError
from quizzes.services.marking import close_overdue


@transaction.atomic
def start_attempt(
    *, enrolment: Enrolment, quiz: Quiz, by: User, language: str, seed: str = "", now: datetime | None = None
) -> Attempt:
    """Begin an attempt, or go on with the one that is open.

    The paper is drawn from the seed alone, so it can be drawn again and shown to be fair. It is in the language
    asked for when every question of the bank exists in it, else in the source language.

    Raises QuizError `not_yours`, `not_asked`, `left`, `cohort_closed`, `pause`, `limit`, `no_questions`.
    """
    now = now or timezone.now()
    for attempt in Attempt.objects.filter(enrolment=enrolment, quiz=quiz, state=Attempt.State.OPEN, deadline__lt=now):
        close_overdue(attempt=attempt, now=now)
    # One start after the other: whoever comes second finds the attempt of the first.
    locked = Enrolment.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=enrolment.pk)
    standing = _standing(locked, quiz, by, now)
    if standing.open_attempt and locked.left is None:
        return standing.open_attempt
    if standing.refusal:
        raise QuizError(standing.refusal, refusal_sentence(standing))
    return _serve(standing, language, seed or new_seed(), now)


def _standing(enrolment: Enrolment, quiz: Quiz, by: User, now: datetime) -> selectors.Standing:
    if enrolment.user_id != by.pk:
        raise QuizError("not_yours", _("This place belongs to somebody else."))
    for standing in selectors.standings([enrolment], settings.LANGUAGE_CODE, now=now)[enrolment.pk]:
        if standing.quiz == quiz:
            return standing
    raise QuizError("not_asked", _("Your course does not ask for this quiz."))


def refusal_sentence(standing: selectors.Standing) -> str:
    """Say to the trainee why a new attempt cannot begin now; nothing when it can."""
    if standing.refusal == "pause":
        zone = ZoneInfo(standing.enrolment.cohort.time_zone)
        return _("You may try again from %(time)s (%(zone)s).") % {
            "time": date_format(standing.next_start.astimezone(zone), "DATETIME_FORMAT"),
            "zone": zone.key,
        }
    return {
        "": "",
        "left": _("You have left this cohort."),
        "cohort_closed": _("The cohort has ended. Ask its trainer or coordinator if you still need the quiz."),
        "limit": _("You have used all attempts. Ask your trainer what to do next."),
    }[standing.refusal]


@dataclass(frozen=True)
class _Bank:
    """The questions that can be drawn: the source decides, the language asked for speaks where it has all of them."""

    source: dict[str, Question]
    spoken: dict[str, Question]
    language: str

    @property
    def chapters(self) -> dict[str, str]:
        return {key: question.chapter_key for key, question in self.source.items()}


def _bank_of(quiz: Quiz, language: str) -> _Bank:
    asked = {"tags__slug": quiz.picks} if quiz.picks else {"module_key": quiz.module_key}
    found = Question.objects.filter(
        **asked,
        use=Use.TEST.value,
        live=True,
        live_revision__isnull=False,
        locale__language_code__in={settings.LANGUAGE_CODE, language},
    ).select_related("locale")
    by_language: dict[str, dict[str, Question]] = {settings.LANGUAGE_CODE: {}, language: {}}
    for question in found:
        by_language[question.locale.language_code][question.key] = question
    source, spoken = by_language[settings.LANGUAGE_CODE], by_language[language]
    if all(key in spoken and _same_options(question, spoken[key]) for key, question in source.items()):
        return _Bank(source, spoken, language)
    return _Bank(source, source, settings.LANGUAGE_CODE)


def _same_options(one: Question, other: Question) -> bool:
    return {option.key for option in one.option_values} == {option.key for option in other.option_values}


def _serve(standing: selectors.Standing, language: str, seed: str, now: datetime) -> Attempt:
    quiz, enrolment = standing.quiz, standing.enrolment
    bank = _bank_of(quiz, language)
    drawn = questions.draw(bank.chapters, quiz.draw, seed, shuffle=quiz.shuffle)
    if not drawn:
        raise QuizError("no_questions", _("This quiz has no questions yet. Please tell the coordinator."))
    attempt = Attempt.objects.create(
        enrolment=enrolment,
        quiz=quiz,
        number=len(standing.attempts) + 1,
        seed=seed,
        language=bank.language,
        title=selectors.faces_of([str(standing.page.translation_key)], bank.language).popitem()[1].title,
        edition_id=enrolment.cohort.edition_id,
        started=now,
        deadline=now + timedelta(minutes=quiz.time_limit) if quiz.time_limit else None,
    )
    passages = passages_of({bank.source[key].chapter_key for key in drawn}, bank.language)
    AttemptItem.objects.bulk_create(
        _item(attempt, position, bank.source[key], bank.spoken[key], passages) for position, key in enumerate(drawn, 1)
    )
    return attempt


def _item(attempt: Attempt, position: int, source: Question, spoken: Question, passages: Passages) -> AttemptItem:
    """Take a question apart: what is seen under opaque ids on one side, what marks it on the other."""
    rights = {option.key: option.right for option in source.option_values}
    words = {option.key: option for option in spoken.option_values}
    ids = {key: questions.opaque_id(attempt.seed, source.key, key) for key in rights}
    order = questions.arrange(list(rights), attempt.seed, source.key, shuffle=attempt.quiz.shuffle)
    return AttemptItem(
        attempt=attempt,
        position=position,
        question_key=source.key,
        revision_id=spoken.live_revision_id,
        paper={
            "kind": source.kind,
            "prompt": spoken.prompt,
            "read": passages.chapter_label(source.chapter_key),
            "options": [{"id": ids[key], "text": words[key].text} for key in order],
        },
        key={
            "right": [ids[key] for key in order if rights[key]],
            "feedback": {ids[key]: words[key].feedback for key in order if words[key].feedback},
            "explanation": spoken.feedback,
            "chapter": source.chapter_key,
            "anchor": source.anchor,
            "label": passages.label(source.chapter_key, source.anchor),
        },
    )
