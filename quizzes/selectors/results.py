"""How a cohort stands with its quizzes, for those who run it."""

from dataclasses import dataclass

from courses.models import Cohort, Enrolment
from quizzes.models import QuizPage
from quizzes.selectors.standing import Standing, standings


@dataclass(frozen=True)
class TraineeResult:
    """One line of the table: a trainee and how they stand with the quiz."""

    enrolment: Enrolment
    standing: Standing


@dataclass(frozen=True)
class QuizResults:
    """One quiz and everybody in the cohort."""

    page: QuizPage
    pass_mark: int
    rows: tuple[TraineeResult, ...]

    @property
    def passed(self) -> int:
        return sum(row.standing.passed for row in self.rows)


def results_of(cohort: Cohort, language: str) -> list[QuizResults]:
    """Give everybody's standing with every quiz the cohort asks for: three queries, whatever the cohort's size."""
    enrolments = list(
        Enrolment.objects.filter(cohort=cohort, left__isnull=True)
        .select_related("user", "cohort")
        .order_by("user__name", "pk")
    )
    by_quiz: dict[int, list[TraineeResult]] = {}
    found = standings(enrolments, language)
    for enrolment in enrolments:
        for standing in found[enrolment.pk]:
            by_quiz.setdefault(standing.quiz.pk, []).append(TraineeResult(enrolment, standing))
    return [QuizResults(rows[0].standing.page, rows[0].standing.pass_mark, tuple(rows)) for rows in by_quiz.values()]
