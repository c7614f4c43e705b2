"""A quiz of four questions that Ana's cohort asks for, run by Ingrid; Mihai is in another cohort."""

import pytest

from tests.factories.courses import enrolment_of
from tests.factories.quizzes import attempt_of, cohort_asking, lay_out_quiz


@pytest.fixture
def languages():
    """What the quiz is loaded in; tests about translations ask for more."""
    return ["en"]


@pytest.fixture
def quiz(homes, languages):
    return lay_out_quiz(homes, languages=languages)


@pytest.fixture
def cohort(quiz, ingrid):
    return cohort_asking(quiz, trainer=ingrid, key="iasi")


@pytest.fixture
def place(ana, cohort):
    """Ana's enrolment."""
    return enrolment_of(ana, cohort)


@pytest.fixture
def attempt(place, quiz):
    """Ana's open attempt, in English; this seed draws questions of both kinds."""
    return attempt_of(place, quiz, seed="0" * 32)
