"""The doors of quizzes: load the bank, begin an attempt, save answers, submit; nothing else changes these tables."""

from quizzes.services.answers import SavedAnswer, save_answer
from quizzes.services.attempts import refusal_sentence, start_attempt
from quizzes.services.bank import BankOutcome, load_questions, load_tests
from quizzes.services.errors import QuizError
from quizzes.services.marking import close_overdue, is_overdue, submit_attempt

__all__ = [
    "BankOutcome",
    "QuizError",
    "SavedAnswer",
    "close_overdue",
    "is_overdue",
    "load_questions",
    "load_tests",
    "refusal_sentence",
    "save_answer",
    "start_attempt",
    "submit_attempt",
]
