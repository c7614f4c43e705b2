"""A knowledge test asks every question with its tag, always the same ones, and may be enough when it is taken."""

from django.urls import reverse

import pytest
import yaml

from quizzes.exchange import read_tests
from quizzes.models import Attempt, Quiz, QuizPage
from quizzes.services import load_questions, load_tests
from tests.factories.courses import enrolment_of
from tests.factories.quizzes import bank_of, cohort_asking, lay_out_manual, question_file
from tests.quizzes.test_views_results import text_of

TEST = {"key": "knowledge-before", "picks": "form-a", "threshold": 0, "title": "Before", "intro": "What you know."}


@pytest.fixture
def before(homes, tmp_path):
    """A test of the questions 1, 4 and 5 of module 1, read from its file."""
    said = question_file()
    for number in (1, 4, 5):
        said["questions"][number - 1]["tags"] = ["definition", "form-a"]
    bank = bank_of(said)
    lay_out_manual(homes, "en")
    load_questions(module_key="m01", bank=bank)
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "tests.yaml").write_text(yaml.safe_dump({"tests": [TEST]}))
    tests, problems = read_tests(tmp_path, ["en"], source_language="en", banks={"m01": bank})
    assert problems == []
    load_tests(manual_key="manual", tests=tests)
    return Quiz.objects.get(key="knowledge-before")


def test_every_attempt_asks_the_questions_with_the_tag_and_taking_it_is_enough(before, ana, ingrid, browser_of):
    place = enrolment_of(ana, cohort_asking(before, threshold=0, trainer=ingrid))
    client = browser_of(ana)
    page = QuizPage.objects.get(quiz=before)
    assert "3 questions, the same in each attempt" in text_of(client.get(page.url))

    for _ in range(2):
        client.post(reverse("quizzes:start", args=[before.key]), {"enrolment": place.uuid}, follow=True)
        attempt = Attempt.objects.order_by("-pk").first()
        prompts = {item.paper["prompt"] for item in attempt.items.all()}
        client.post(reverse("quizzes:submit", args=[attempt.uuid]))
        assert prompts == {f"What is asked in question {number}?" for number in (1, 4, 5)}

    assert Attempt.objects.count() == 2
    assert "Taken." in text_of(client.get(reverse("courses:my_learning")))
