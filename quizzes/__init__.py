"""Asks: the question bank, quizzes, attempts and grades."""
