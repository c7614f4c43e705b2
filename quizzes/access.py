"""Who may open an attempt: its trainee while it is open, whoever runs the cohort once it is closed."""

from django.contrib.auth.models import AnonymousUser

from accounts.access import is_coordinator, is_editor
from accounts.models import User
from courses.access import can_run
from courses.models import Enrolment
from courses.selectors import cohorts_run_by, open_enrolments
from quizzes.models import Attempt, QuizPage
from quizzes.selectors import asks_for


def owns(user: User | AnonymousUser, attempt: Attempt) -> bool:
    """Whether the attempt is the person's own."""
    return user.is_authenticated and attempt.enrolment.user_id == user.pk


def can_see_result(user: User | AnonymousUser, attempt: Attempt) -> bool:
    """Whether a person may read a closed attempt: its trainee, and whoever runs the cohort."""
    return owns(user, attempt) or can_run(user, attempt.enrolment.cohort)


def can_open(user: User | AnonymousUser, page: QuizPage) -> bool:
    """Whether a quiz exists for a person: trainees it is asked of, their trainers, and those who keep the manual."""
    if not user.is_authenticated:
        return False
    if is_editor(user) or is_coordinator(user) or asking_enrolments(user, page):
        return True
    return any(
        str(page.translation_key) in row["subjects"]
        for cohort in cohorts_run_by(user, everything=False)
        for row in cohort.rule
    )


def asking_enrolments(user: User, page: QuizPage) -> list[Enrolment]:
    """Give the person's open enrolments whose rule asks for a quiz."""
    return [enrolment for enrolment in open_enrolments(user) if asks_for(enrolment, page.quiz)]
