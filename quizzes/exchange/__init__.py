"""Question files read into plain values, with everything that is wrong with them said by file and line."""

from quizzes.exchange.bank import Bank, BankQuestion, BankQuiz, Face, Wording
from quizzes.exchange.folder import QUESTIONS_FILE, read_banks
from quizzes.exchange.reader import QuestionFile, read_bank
from quizzes.exchange.rules import check_banks, passages_by_file
from quizzes.exchange.writer import write_bank

__all__ = [
    "QUESTIONS_FILE",
    "Bank",
    "BankQuestion",
    "BankQuiz",
    "Face",
    "QuestionFile",
    "Wording",
    "check_banks",
    "passages_by_file",
    "read_bank",
    "read_banks",
    "write_bank",
]
