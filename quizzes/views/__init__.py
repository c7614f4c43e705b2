"""The pages of a quiz for trainees, and its results for those who run a cohort."""

from quizzes.views.results import result, results
from quizzes.views.saving import answer, sheet, state
from quizzes.views.sitting import attempt, passage, question, review, start, submit

__all__ = [
    "answer",
    "attempt",
    "passage",
    "question",
    "result",
    "results",
    "review",
    "sheet",
    "start",
    "state",
    "submit",
]
