"""The question bank in the CMS, and what cannot be deleted any more."""

from django.urls import reverse

import pytest

from quizzes.models import Attempt, Question, QuizPage
from tests.factories.quizzes import finished_attempt


def english(key="m01-q01"):
    return Question.objects.get(key=key, locale__language_code="en")


def url(name, *args):
    return reverse(f"wagtailsnippets_quizzes_question:{name}", args=args)


def fields_of(question, **changes):
    """What the form of a question sends."""
    said = {
        "prompt": question.prompt,
        "use": question.use,
        "kind": question.kind,
        "feedback": question.feedback,
        "chapter_key": question.chapter_key,
        "anchor": question.anchor,
        "tags": "definition",
        "options-count": str(len(question.option_values)),
        "action-publish": "1",
    }
    for place, option in enumerate(question.option_values):
        said |= {
            f"options-{place}-deleted": "",
            f"options-{place}-order": str(place),
            f"options-{place}-type": "option",
            f"options-{place}-id": "",
            f"options-{place}-value-key": option.key,
            f"options-{place}-value-text": option.text,
            f"options-{place}-value-feedback": option.feedback,
        } | ({f"options-{place}-value-right": "on"} if option.right else {})
    return {name: value for name, value in (said | changes).items() if value is not None}


@pytest.fixture
def languages():
    return ["en", "ro"]


@pytest.fixture
def desk(browser_of, elena, quiz):
    """Elena's browser."""
    return browser_of(elena)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 6),
        ("use=test", 6),
        ("use=practice", 0),
        ("kind=several", 2),
        ("module_key=m01", 6),
        ("q=question+3", 6),
    ],
)
def test_bank_is_sifted_and_searched(desk, query, count):
    page = desk.get(f"{url('list')}?locale=en&{query}")

    assert page.status_code == 200
    if query != "q=question+3":
        assert len(page.context["object_list"]) == count


def test_editor_changes_a_question(desk):
    question = english()

    done = desk.post(url("edit", question.pk), fields_of(question, prompt="Said by Elena?"))

    assert done.status_code == 302
    assert english().prompt == "Said by Elena?"
    assert english().live_revision_id != question.live_revision_id


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"options-0-value-right": None}, "Mark at least one option as right."),
        ({"options-1-value-right": "on"}, "Mark one option as right"),
        ({"options-1-value-feedback": ""}, "say why in its feedback"),
        ({"options-1-value-key": "a"}, "Two options have the key"),
        ({"chapter_key": "m01-9"}, "There is no chapter with this key."),
        ({"anchor": "nowhere"}, "This chapter has no such section."),
    ],
)
def test_question_with_a_mistake_is_not_saved(desk, changes, message):
    question = english()

    page = desk.post(url("edit", question.pk), fields_of(question, **changes))

    assert page.status_code == 200
    assert message in page.content.decode()
    assert english().latest_revision_id == question.latest_revision_id


def test_translation_cannot_say_that_something_else_is_right(desk):
    question = Question.objects.get(key="m01-q01", locale__language_code="ro")
    changes = {"options-0-value-right": None, "options-1-value-right": "on"}

    page = desk.post(url("edit", question.pk), fields_of(question, **changes))

    assert "are those of the English question" in page.content.decode()


def test_editor_adds_a_question_that_gets_a_key_and_its_module(desk):
    said = fields_of(english(), prompt="A new one?")

    done = desk.post(f"{url('add')}?locale=en", said)

    assert done.status_code == 302
    added = Question.objects.get(prompt="A new one?")
    assert added.key.startswith("question-")
    assert added.module_key == "m01"


def test_question_that_was_asked_is_not_deleted(desk, place, quiz):
    attempt = finished_attempt(place, quiz, right=1)
    asked = Question.objects.get(pk=attempt.items.first().revision.object_id)

    page = desk.post(url("delete", asked.pk), follow=True)

    assert page.status_code == 200
    assert "Unpublish it instead." in page.content.decode()
    assert Question.objects.filter(pk=asked.pk).exists()


def test_questions_that_were_asked_are_not_deleted_in_bulk(desk, place, quiz):
    finished_attempt(place, quiz, right=1)
    ids = "&".join(f"id={pk}" for pk in Question.objects.values_list("pk", flat=True))
    bulk = reverse("wagtail_bulk_action", args=["quizzes", "question", "delete"])

    page = desk.post(f"{bulk}?{ids}", follow=True)

    assert page.status_code == 200
    assert "Unpublish it instead." in page.content.decode()
    assert Question.objects.count() == 12


def test_question_that_was_never_asked_is_deleted(desk):
    question = english()

    desk.post(url("delete", question.pk))

    assert not Question.objects.filter(pk=question.pk).exists()


@pytest.mark.parametrize("which", ["quiz page", "module", "manual"])
@pytest.mark.parametrize("bulk", [False, True], ids=["single", "bulk"])
def test_page_that_attempts_hang_on_is_not_deleted(browser_of, admin, place, quiz, which, bulk):
    finished_attempt(place, quiz, right=1)
    type(place.cohort).objects.update(rule=[])  # What cohorts ask for is guarded by courses; here it is the attempts.
    page = QuizPage.objects.get(locale__language_code="en")
    page = {"quiz page": page, "module": page.get_parent(), "manual": page.get_parent().get_parent()}[which]
    address = reverse("wagtailadmin_pages:delete", args=[page.pk])
    if bulk:
        address = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'delete'])}?id={page.pk}"

    done = browser_of(admin).post(address, {"wagtailtreebeard": ""}, follow=True)

    assert done.status_code == 200
    assert "attempts hang on the quiz" in done.content.decode()
    assert QuizPage.objects.filter(locale__language_code="en").exists()
    assert Attempt.objects.exists()


def test_editor_changes_the_words_of_a_quiz_page(desk):
    page = QuizPage.objects.get(locale__language_code="en")

    done = desk.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        {"title": "New words", "intro": "Ten questions.", "summary": "", "slug": page.slug, "action-publish": "1"},
    )

    assert done.status_code == 302
    assert QuizPage.objects.get(pk=page.pk).title == "New words"


def test_quiz_page_can_be_previewed(desk):
    page = QuizPage.objects.get(locale__language_code="en")

    assert desk.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200


@pytest.mark.parametrize("who", ["ingrid", "stefan", "carol", "ana"])
def test_bank_is_for_editors_only(browser_of, request, quiz, who):
    client = browser_of(request.getfixturevalue(who))

    assert client.get(url("list")).status_code in {302, 403}
    assert client.get(url("edit", english().pk)).status_code in {302, 403}
