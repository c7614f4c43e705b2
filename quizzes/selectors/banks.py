"""The question banks as they stand in the database, as the files would say them."""

from django.conf import settings
from django.db.models import QuerySet

from quizzes.exchange import Bank, BankQuestion, BankQuiz, Face, Wording
from quizzes.models import Question, Quiz, QuizPage
from quizzes.questions import GradeRule, Kind, Use


def banks_by_module() -> dict[str, Bank]:
    """Give every module's bank with its published questions, by module key."""
    questions: dict[str, dict[str, list[Question]]] = {}
    for question in _published(Question.objects.all()):
        questions.setdefault(question.module_key, {}).setdefault(question.key, []).append(question)
    faces = _faces()
    return {
        quiz.module_key: Bank(
            _quiz(quiz, faces.get(quiz.pk, {})),
            tuple(question for rows in questions.get(quiz.module_key, {}).values() if (question := _question(rows))),
        )
        for quiz in Quiz.objects.filter(picks="")
        if faces.get(quiz.pk)
    }


def knowledge_tests() -> list[BankQuiz]:
    """Give the tests that ask questions of every module."""
    faces = _faces()
    return [_quiz(quiz, faces[quiz.pk]) for quiz in Quiz.objects.exclude(picks="") if faces.get(quiz.pk)]


def _faces() -> dict[int, dict[str, Face]]:
    faces: dict[int, dict[str, Face]] = {}
    for page in QuizPage.objects.live().select_related("locale"):
        faces.setdefault(page.quiz_id, {})[page.locale.language_code] = Face(page.title, page.intro)
    return faces


def _published(questions: QuerySet[Question]) -> QuerySet[Question]:
    return questions.filter(live=True).select_related("locale").prefetch_related("tags").order_by("key", "locale")


def _quiz(quiz: Quiz, faces: dict[str, Face]) -> BankQuiz:
    return BankQuiz(
        key=quiz.key,
        draw=quiz.draw,
        picks=quiz.picks,
        threshold=quiz.threshold,
        pause_hours=quiz.pause_hours,
        max_attempts=quiz.max_attempts,
        time_limit=quiz.time_limit,
        shuffle=quiz.shuffle,
        rule=GradeRule(quiz.rule),
        faces=faces,
    )


def _question(rows: list[Question]) -> BankQuestion | None:
    by_language = {row.locale.language_code: row for row in rows}
    source = by_language.get(settings.LANGUAGE_CODE)
    if source is None:  # the source decides; without it there is nothing to write
        return None
    return BankQuestion(
        source.key,
        Use(source.use),
        Kind(source.kind),
        source.chapter_key,
        source.anchor,
        tuple(sorted(tag.name for tag in source.tags.all())),
        {
            language: Wording(row.prompt, tuple(row.option_values), row.feedback)
            for language, row in by_language.items()
        },
    )
