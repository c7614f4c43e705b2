"""Question files are read as they should be, and what is wrong is said by file and line."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.exchange import QuestionFile, read_bank, read_banks
from tests.factories.quizzes import ANCHORS, bank_of, question_file, translated

GOOD = """\
quiz:
  key: m01-quiz
  title: What trafficking is
  draw: 1
  threshold: 70
questions:
  - key: m01-q01
    use: test
    kind: single
    chapter: m01-1
    anchor: child
    prompt: Which element may be missing?
    options:
      - {key: a, text: "The act", feedback: "No."}
      - {key: b, right: true, text: "The means"}
    feedback: Under eighteen two are enough.
"""
ROMANIAN = """\
quiz: {key: m01-quiz, title: Ce este traficul}
questions:
  - key: m01-q01
    prompt: Ce element poate lipsi?
    options:
      - {key: b, text: Mijlocul}
      - {key: a, text: Acțiunea, feedback: Nu.}
"""


def read(source=GOOD, **translations):
    files = {"en": QuestionFile("en/m01/questions.yaml", source)}
    files |= {language: QuestionFile(f"{language}/m01/questions.yaml", text) for language, text in translations.items()}
    return read_bank(files, source_language="en", anchors=ANCHORS)


def problems(source=GOOD, **translations):
    bank, found = read(source, **translations)
    assert bank is None
    return [str(problem) for problem in found]


def test_good_file_has_no_problems():
    bank, found = read()

    assert found == []
    assert (bank.quiz.draw, bank.quiz.threshold, bank.quiz.pause_hours, bank.quiz.shuffle) == (1, 70, 0, True)
    assert [option.right for option in bank.questions[0].wordings["en"].options] == [False, True]


def test_translation_takes_what_is_right_and_the_order_from_the_source():
    bank, _ = read(ro=ROMANIAN)

    options = bank.questions[0].wordings["ro"].options
    assert [(option.key, option.right, option.text) for option in options] == [
        ("a", False, "Acțiunea"),
        ("b", True, "Mijlocul"),
    ]
    assert bank.quiz.faces["ro"].title == "Ce este traficul"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            "right: true, ",
            "",
            ["7: m01-q01: no option is right", "15: m01-q01, option b: a wrong option needs feedback"],
        ),
        (', feedback: "No."', "", ["14: m01-q01, option a: a wrong option needs feedback"]),
        ("key: a,", "key: b,", ["14: m01-q01, option b: two options have this key"]),
        ("anchor: child", "anchor: chld", ["7: m01-q01: chapter “m01-1” has no section “chld”"]),
        ("chapter: m01-1", "chapter: m01-9", ["7: m01-q01: there is no chapter “m01-9”"]),
        ("use: test", "use: tset", ["7: m01-q01: “use” must be one of practice, test"]),
        ("kind: single", "kind: many", ["7: m01-q01: “kind” must be one of single, several"]),
        ("draw: 1", "draw: 5", ["2: the quiz draws 5 questions, but only 1 may be used"]),
        ("draw: 1", "draw: many", ["2: the quiz: “draw” must be a whole number"]),
        ("threshold: 70", "threshold: 700", ["2: the quiz: “threshold” must be a whole number from 0 to 100"]),
        ("prompt:", "promt:", ["7: m01-q01: “prompt” must be text", "7: unknown field “promt” in a question"]),
        ("The act", "Acţiunea", ["14: m01-q01, option a: “text” has ş or ţ with a cedilla"]),
        ('"The act"', "17", ["14: m01-q01, option a: “text” must be text"]),
        (
            "    use: test\n",
            "    use: test\n    use: practice\n",
            ["7: this file cannot be read: “use” stands here twice"],
        ),
        ("quiz:", "quiz: [", ["3: this file cannot be read"]),
        ("m01-q01", "M01 Q01", ["7: a question: “key” must be small letters, digits and single hyphens"]),
        ('"No."', "*no", ["14: this file cannot be read: aliases are not used here"]),
    ],
)
def test_mistake_is_named_with_its_line(old, new, found):
    said = problems(GOOD.replace(old, new, 1))

    for line in found:
        assert any(problem.startswith(f"en/m01/questions.yaml:{line}") for problem in said), said


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("key: b,", "key: c,", "3: m01-q01: the options must be a, b, as in the source file"),
        ("m01-q01", "m01-q02", "3: m01-q02 does not stand in the source file"),
        ("key: m01-quiz", "key: other", "1: the quiz's key must be “m01-quiz”"),
        ("    prompt", "    kind: several\n    prompt", "3: unknown field “kind” in a question"),
        ("feedback: Nu.", "feedback: ''", "7: m01-q01, option a: a wrong option needs feedback"),
        ("Acțiunea", "Acţiunea", "7: m01-q01, option a: “text” has ş or ţ with a cedilla"),
    ],
)
def test_mistake_in_a_translation_is_named_with_its_line(old, new, found):
    assert any(
        problem.startswith(f"ro/m01/questions.yaml:{found}") for problem in problems(ro=ROMANIAN.replace(old, new, 1))
    )


def test_question_that_is_not_translated_yet_is_no_mistake():
    said = question_file()
    half = translated(said)
    half["questions"] = half["questions"][:2]

    assert bank_of(said, ro=half).untranslated("ro") == ["m01-q03", "m01-q04", "m01-q05", "m01-q06"]


def test_translation_without_its_source_is_refused():
    bank, found = read_bank({"ro": QuestionFile("ro", ROMANIAN)}, source_language="en", anchors=ANCHORS)

    assert bank is None
    assert "whose file decides" in str(found[0])


def test_folder_is_read_with_the_source_whatever_language_is_asked_for(tmp_path):
    for language, text in {"en": GOOD, "ro": ROMANIAN}.items():
        (tmp_path / language / "m01").mkdir(parents=True)
        (tmp_path / language / "m01" / "questions.yaml").write_text(text)

    banks, found = read_banks(tmp_path, ["ro"], source_language="en", anchors=ANCHORS)

    assert found == []
    assert set(banks["m01"].quiz.faces) == {"en", "ro"}


def test_file_in_another_encoding_is_named_with_its_line(tmp_path):
    (tmp_path / "en" / "m01").mkdir(parents=True)
    (tmp_path / "en" / "m01" / "questions.yaml").write_bytes(b"quiz:\n  title: \xff\n")

    banks, found = read_banks(tmp_path, [], source_language="en", anchors=ANCHORS)

    assert (banks, str(found[0])) == ({}, "en/m01/questions.yaml:2: this file is not UTF-8")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["quiz", "questions", "key", "options", "text", "right", "kind", "draw", "tags", "prompt"])
            | st.integers(),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(values | st.text(max_size=80))
def test_any_file_is_read_or_refused_never_broken(said):
    source = said if isinstance(said, str) else yaml.safe_dump(said)

    bank, found = read(source)

    assert (bank is None) == bool(found)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, 30), st.text(max_size=10))
def test_any_damage_is_read_or_refused_never_broken(start, length, noise):
    bank, found = read(GOOD[:start] + noise + GOOD[start + length :], ro=ROMANIAN)

    assert (bank is None) == bool(found)
