"""Reads that join quizzes, attempts and what cohorts ask."""

from quizzes.selectors.attempted import attempted_page_below, attempted_question
from quizzes.selectors.banks import banks_by_module, knowledge_tests
from quizzes.selectors.papers import Line, Reviewed, attempts_with_percent, lines_of, overdue_attempts, reviewed_lines
from quizzes.selectors.results import QuizResults, TraineeResult, results_of
from quizzes.selectors.standing import Standing, asks_for, faces_of, pass_mark, standings

__all__ = [
    "Line",
    "QuizResults",
    "Reviewed",
    "Standing",
    "TraineeResult",
    "asks_for",
    "attempted_page_below",
    "attempted_question",
    "attempts_with_percent",
    "banks_by_module",
    "faces_of",
    "knowledge_tests",
    "lines_of",
    "overdue_attempts",
    "pass_mark",
    "results_of",
    "reviewed_lines",
    "standings",
]
