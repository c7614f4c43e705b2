"""A bank of questions in two languages, a quiz on it, and attempts at it."""

import uuid

import yaml

from courses.models import Enrolment
from quizzes import services
from quizzes.exchange import QuestionFile, read_bank
from quizzes.models import Attempt, AttemptItem, Quiz
from tests.factories.courses import CohortFactory, CohortTrainerFactory, CourseFactory, RequirementFactory
from tests.factories.manual import ChapterPageFactory, ManualPageFactory, ModulePageFactory

ANCHORS = {"m01-1": ["elements", "child"], "m01-2": ["forms"]}
CHAPTER_BODY = "## The elements {#elements}\n\nText.\n\n## When the person is a child {#child}\n\nText.\n"
SECOND_BODY = "## Forms {#forms}\n\nText.\n"


def question(number, kind="single", **more):
    """Give one question as its file says it; right options say so, and feedback carries a canary."""
    rights = "a" if kind == "single" else "ac"
    return {
        "key": f"m01-q{number:02}",
        "use": "test",
        "kind": kind,
        "chapter": "m01-1" if number % 2 else "m01-2",
        "anchor": "elements" if number % 2 else "forms",
        "tags": ["definition"],
        "prompt": f"What is asked in question {number}?",
        "options": [
            {
                "key": key,
                "right": key in rights,
                "text": f"Option {number}{key}",
                "feedback": f"CANARY-feedback-{number}{key}",
            }
            for key in "abcd"
        ],
        "feedback": f"CANARY-explanation-{number}",
    } | more


def translated(said, language="ro"):
    """Say a question file in another language."""
    return {
        "quiz": {"key": said["quiz"]["key"], "title": f"{language} {said['quiz']['title']}", "intro": "Pe scurt."},
        "questions": [
            {
                "key": item["key"],
                "prompt": f"{language} {item['prompt']}",
                "options": [
                    {
                        "key": option["key"],
                        "text": f"{language} {option['text']}",
                        "feedback": f"{language} {option['feedback']}",
                    }
                    for option in item["options"]
                ],
                "feedback": f"{language} {item['feedback']}",
            }
            for item in said["questions"]
        ],
    }


def question_file(count=6, several=2, **quiz):
    """Give a question file as plain values: the last questions have several right answers."""
    return {
        "quiz": {"key": "m01-quiz", "title": "What trafficking is", "intro": "Four questions.", "draw": 4}
        | {"threshold": 70, "pause_hours": 24}
        | quiz,
        "questions": [
            question(number, "single" if number <= count - several else "several") for number in range(1, count + 1)
        ],
    }


def bank_of(said, **translations):
    """Read a bank through the reader, as the files would be."""
    files = {
        language: QuestionFile(f"{language}/m01/questions.yaml", yaml.safe_dump(values, allow_unicode=True))
        for language, values in {"en": said, **translations}.items()
    }
    bank, problems = read_bank(files, source_language="en", anchors=ANCHORS)
    assert problems == []
    return bank


def lay_out_manual(homes, *languages):
    """Give each language a module of two chapters."""
    for language in languages:
        manual = ManualPageFactory(parent=homes[language], key="manual")
        module = ModulePageFactory(parent=manual, key="m01")
        ChapterPageFactory(parent=module, key="m01-1", body=CHAPTER_BODY)
        ChapterPageFactory(parent=module, key="m01-2", number="1.2", title="Its forms", slug="forms", body=SECOND_BODY)


def lay_out_quiz(homes, *, said=None, languages=("en", "ro")):
    """Load a quiz on module 1 through its door."""
    said = said or question_file()
    lay_out_manual(homes, *languages)
    others = {language: translated(said, language) for language in languages if language != "en"}
    services.load_questions(module_key="m01", bank=bank_of(said, **others))
    return Quiz.objects.get(key=said["quiz"]["key"])


def cohort_asking(quiz, *, threshold=70, trainer=None, **fields):
    """Give a cohort whose course asks for a quiz."""
    course = CourseFactory()
    RequirementFactory(course=course, kind="quiz", about=quiz.key, threshold=threshold)
    cohort = CohortFactory(course=course, **fields)
    if trainer:
        CohortTrainerFactory(cohort=cohort, user=trainer)
    return cohort


def attempt_of(enrolment: Enrolment, quiz: Quiz, language="en", **more) -> Attempt:
    """Begin an attempt through its door."""
    return services.start_attempt(enrolment=enrolment, quiz=quiz, by=enrolment.user, language=language, **more)


def right_choices(item: AttemptItem) -> list[str]:
    """Give the ids that earn the whole point."""
    return item.key["right"]


def wrong_choices(item: AttemptItem) -> list[str]:
    """Give one wrong id."""
    return [option["id"] for option in item.paper["options"] if option["id"] not in item.key["right"]][:1]


def answer(attempt: Attempt, position: int, choices, *, sequence=1, event_id=None, **more):
    """Save an answer through its door."""
    return services.save_answer(
        attempt_uuid=attempt.uuid,
        by=attempt.enrolment.user,
        position=position,
        choices=choices,
        event_id=event_id or uuid.uuid4(),
        sequence=sequence,
        **more,
    )


def answer_all(attempt: Attempt, *, right: int) -> None:
    """Answer every question, the first ones right, the others wrong."""
    for item in attempt.items.order_by("position"):
        answer(attempt, item.position, right_choices(item) if item.position <= right else wrong_choices(item))


def finished_attempt(enrolment: Enrolment, quiz: Quiz, *, right: int, **more) -> Attempt:
    """Begin, answer and submit an attempt through the doors."""
    attempt = attempt_of(enrolment, quiz, **more)
    answer_all(attempt, right=right)
    services.submit_attempt(attempt=attempt, by=enrolment.user, now=more.get("now"))
    attempt.refresh_from_db()
    return attempt
