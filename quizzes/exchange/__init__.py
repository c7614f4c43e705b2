"""Question files read into plain values, with everything that is wrong with them said by file and line."""

from quizzes.exchange.bank import Bank, BankQuestion, BankQuiz, Face, Wording
from quizzes.exchange.folder import read_banks
from quizzes.exchange.reader import QuestionFile, read_bank

__all__ = ["Bank", "BankQuestion", "BankQuiz", "Face", "QuestionFile", "Wording", "read_bank", "read_banks"]
