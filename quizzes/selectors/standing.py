"""How a trainee stands with a quiz: what is asked, what was tried, what counts, and when the next attempt may begin."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from courses.models import Enrolment
from courses.progress import EvidenceKind
from manual.text import translation_key
from quizzes.grading import counted
from quizzes.models import Attempt, Quiz, QuizPage
from quizzes.questions import GradeRule
from quizzes.selectors.papers import attempts_with_percent


@dataclass(frozen=True)
class Standing:
    """One quiz in one enrolment."""

    enrolment: Enrolment
    quiz: Quiz
    page: QuizPage
    attempts: tuple[Attempt, ...]
    pass_mark: int
    now: datetime

    @property
    def open_attempt(self) -> Attempt | None:
        return next((attempt for attempt in self.attempts if attempt.is_open), None)

    @property
    def closed_attempts(self) -> list[Attempt]:
        return [attempt for attempt in self.attempts if not attempt.is_open]

    @property
    def percent(self) -> Decimal | None:
        """What counts under the quiz's rule, or nothing while no attempt is closed."""
        grades = [attempt.percent for attempt in self.closed_attempts if attempt.percent is not None]
        return counted(GradeRule(self.quiz.rule), grades) if grades else None

    @property
    def passed(self) -> bool:
        return self.percent is not None and self.percent >= self.pass_mark

    @property
    def attempts_left(self) -> int | None:
        """How many more attempts there are, or nothing when there is no limit."""
        if self.quiz.max_attempts is None:
            return None
        return max(self.quiz.max_attempts - len(self.attempts), 0)

    @property
    def closed_attempt(self) -> Attempt | None:
        """The attempt whose grade counts."""
        graded = [attempt for attempt in self.closed_attempts if attempt.percent is not None]
        return next((attempt for attempt in reversed(graded) if attempt.percent == self.percent), None)

    @property
    def next_start(self) -> datetime | None:
        """When the pause after the last attempt ends."""
        if not self.closed_attempts:
            return None
        return self.closed_attempts[-1].closed + timedelta(hours=self.quiz.pause_hours)

    @property
    def refusal(self) -> str:
        """Say why a new attempt cannot begin, as a code, or nothing when it can."""
        if self.enrolment.left is not None:
            return "left"
        if has_ended(self.enrolment, self.now):
            return "cohort_closed"
        if self.attempts_left == 0:
            return "limit"
        if self.next_start is not None and self.now < self.next_start:
            return "pause"
        return ""


def has_ended(enrolment: Enrolment, now: datetime) -> bool:
    """Whether the cohort's last day is over where the cohort is."""
    cohort = enrolment.cohort
    return now.astimezone(ZoneInfo(cohort.time_zone)).date() > cohort.ends


def quiz_demands(enrolment: Enrolment) -> dict[str, int]:
    """Give the quizzes an enrolment's rule asks for, with the pass mark it asks of each."""
    asked: dict[str, int] = {}
    for row in enrolment.cohort.rule:
        if row["kind"] == EvidenceKind.QUIZ:
            for subject in row["subjects"]:
                asked[subject] = max(row["threshold"], asked.get(subject, 0))
    return asked


def asks_for(enrolment: Enrolment, quiz: Quiz) -> bool:
    """Whether the rule of the enrolment's cohort asks for a quiz."""
    return str(translation_key(quiz.key)) in quiz_demands(enrolment)


def pass_mark(enrolment: Enrolment, quiz: Quiz) -> int:
    """Give the percentage that counts as passed: what the cohort's rule asks, else the quiz's own."""
    return quiz_demands(enrolment).get(str(translation_key(quiz.key)), quiz.threshold)


Find = Callable[[Collection[str], str], dict[str, QuizPage]]


def faces_of(subjects: Collection[str], language: str) -> dict[str, QuizPage]:
    """Find quiz pages by translation key, in the reader's language where they exist, else in English: one query."""
    pages = (
        QuizPage.objects.live()
        .filter(translation_key__in=set(subjects), locale__language_code__in={language, settings.LANGUAGE_CODE})
        .select_related("quiz", "locale")
    )
    found: dict[str, QuizPage] = {}
    for page in sorted(pages, key=lambda page: page.locale.language_code == language):
        found[str(page.translation_key)] = page
    return found


def standings(
    enrolments: Sequence[Enrolment],
    language: str,
    *,
    only: QuizPage | None = None,
    find: Find = faces_of,
    now: datetime | None = None,
) -> dict[int, list[Standing]]:
    """Give the standing of every quiz asked, by enrolment, in the order of the rule: one query, and what `find` asks.

    `find` gives the pages of quizzes by translation key; a view may let it answer from memory.
    """
    now = now or timezone.now()
    asked = {enrolment.pk: quiz_demands(enrolment) for enrolment in enrolments}
    subjects = {subject for demands in asked.values() for subject in demands}
    if only is not None:
        subjects &= {str(only.translation_key)}
    if not subjects:
        return {enrolment.pk: [] for enrolment in enrolments}
    faces = find(subjects, language) if only is None else {str(only.translation_key): only}
    tried = _by_enrolment_and_quiz(
        attempts_with_percent().filter(
            enrolment__in=[enrolment.pk for enrolment in enrolments], quiz__in=[page.quiz_id for page in faces.values()]
        )
    )
    return {
        enrolment.pk: [
            Standing(enrolment, page.quiz, page, tried.get((enrolment.pk, page.quiz_id), ()), mark, now)
            for subject, mark in asked[enrolment.pk].items()
            if (page := faces.get(subject))
        ]
        for enrolment in enrolments
    }


def _by_enrolment_and_quiz(attempts: QuerySet[Attempt]) -> dict[tuple[int, int], tuple[Attempt, ...]]:
    found: dict[tuple[int, int], list[Attempt]] = {}
    for attempt in attempts.order_by("number"):
        found.setdefault((attempt.enrolment_id, attempt.quiz_id), []).append(attempt)
    return {place: tuple(rows) for place, rows in found.items()}
