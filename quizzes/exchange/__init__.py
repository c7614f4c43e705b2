"""Question files read into plain values, with everything that is wrong with them said by file and line."""

from quizzes.exchange.bank import Bank, BankQuestion, BankQuiz, Face, Wording
from quizzes.exchange.folder import QUESTIONS_FILE, read_banks
from quizzes.exchange.knowledge import TESTS_FILE, check_blueprint, read_tests
from quizzes.exchange.reader import QuestionFile, read_bank
from quizzes.exchange.rules import check_banks, passages_by_file
from quizzes.exchange.writer import write_bank, write_tests

__all__ = [
    "QUESTIONS_FILE",
    "TESTS_FILE",
    "Bank",
    "BankQuestion",
    "BankQuiz",
    "Face",
    "QuestionFile",
    "Wording",
    "check_banks",
    "check_blueprint",
    "passages_by_file",
    "read_bank",
    "read_banks",
    "read_tests",
    "write_bank",
    "write_tests",
]
