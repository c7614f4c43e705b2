"""What attempts hang on, and so cannot be deleted."""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef

from wagtail.models import Page

from quizzes.models import Attempt, AttemptItem, Question, QuizPage


def attempted_page_below(page: Page) -> QuizPage | None:
    """Find a quiz page at or below a page whose quiz was attempted."""
    attempts = Attempt.objects.filter(quiz=OuterRef("quiz"))
    return QuizPage.objects.descendant_of(page, inclusive=True).filter(Exists(attempts)).first()


def attempted_question(questions: Sequence[Question]) -> Question | None:
    """Find one of the questions that was served in an attempt."""
    served = set(
        AttemptItem.objects.filter(
            revision__base_content_type=ContentType.objects.get_for_model(Question),
            revision__object_id__in=[str(question.pk) for question in questions],
        ).values_list("revision__object_id", flat=True)
    )
    return next((question for question in questions if str(question.pk) in served), None)
