"""The rules of the manual: manage.py load_manual --check refuses what must not be published."""

import os
import shutil
from datetime import date
from pathlib import Path

from django.utils import timezone

import pytest

from lms.content import CONTENT, check_content, read_content
from manual.services import can_spell
from manual.text import read_text
from manual.text.rules import reading_level
from tests.factories.manual import chapter_file, module_file, write_files
from tests.manual.test_glossary import AENDRING, REFERRAL, write_glossary
from tests.manual.test_loading import load, rewrite

SOURCES = """\
- {id: s10, kind: law, read: 2026-01-01, review_due: 2999-01-01, title: "Law 678/2001"}
- {id: s99, kind: law, read: 2026-01-01, review_due: 2026-06-01, title: "An old page"}
"""
BODY = """\
::: aims
- help;
:::

::: content-note
Calm.
:::

## One {#one}

WORDS

A person has rights.[^s10] Make a [warm referral]{term=warm-referral} today.

::: law {title="A law" source="Law 678/2001" as-of="2026-01-01" review-due="2999-01-01"}
The law says so.[^s10]
:::

::: figure-number {value="5" source="Law 678/2001[^s10]"}
of the rules.
:::

::: checklist {title="Before"}
- Ask.
:::

::: case {title="Dana"}
A story.

### Task
A task.

### Discussion
An answer.
:::

::: self-check
Which?

- [x] This — Yes.
- [ ] That — No.
:::

::: reflection
What else?
:::

::: key-points
- Ask.
:::

::: references
- s10: Law 678/2001.
:::
"""
CHAPTER = BODY.replace("WORDS", " ".join(["word"] * 950))
FILE = "en/m01/m01-1.md"


@pytest.fixture
def folder(tmp_path):
    module = module_file(
        body="Hello.\n\n::: content-note\nCalm.\n:::\n\n::: pause\nStop.\n:::\n", review_due="2999-01-01"
    )
    files = {"en/m01/module.md": module, FILE: chapter_file(body=CHAPTER, review_due="2999-01-01")}
    files["en/m01/questions.yaml"] = questions(20)
    folder = write_glossary(write_files(tmp_path, files), REFERRAL, AENDRING)
    (folder / "rules" / "sources.yaml").write_text(SOURCES)
    shutil.copy(CONTENT / "rules" / "wording.yaml", folder / "rules")
    return folder


def questions(count, tags=""):
    asked = [
        f"  - {{key: m01-q{n:02}, use: test, kind: single, chapter: m01-1, anchor: one, tags: [{tags}],\n"
        f'     prompt: "Question {n}",\n'
        '     options: [{key: a, right: true, text: "Yes"}, {key: b, text: "No", feedback: "Because."}]}'
        for n in range(count)
    ]
    return "\n".join(['quiz: {key: m01-quiz, title: "Quiz", draw: 1, threshold: 70}', "questions:", *asked]) + "\n"


def translate(folder, language, count=20):
    """Let a language say the same as the source."""
    shutil.copytree(folder / "en", folder / language)
    words = questions(count)
    for rule in (
        ", draw: 1, threshold: 70",
        "use: test, kind: single, chapter: m01-1, anchor: one, tags: [],",
        "right: true, ",
    ):
        words = words.replace(rule, "")
    (folder / language / "m01" / "questions.yaml").write_text(words)


def check(folder, *arguments):
    return load(folder, "--check", *arguments)


def test_sound_folder_passes_with_a_table_of_its_chapters(folder):
    said, code = check(folder)

    assert code == 0
    assert "2 files are sound." in said or "3 files are sound." in said
    assert "LIX" in said
    assert FILE in said


def test_one_language_is_compared_with_its_source_and_checked_alone(folder):
    translate(folder, "nb")
    rewrite(folder, FILE, "A story.", "A prostitute.")

    sound, code = check(folder, "--language", "nb")

    assert (code, "files are sound." in sound, FILE in sound) == (0, True, False)

    rewrite(folder, FILE.replace("en/", "nb/"), "## One {#one}", "## One {#two}")
    said, code = check(folder, "--language", "nb")

    assert code == 1
    assert "nb/m01/m01-1.md" in said
    assert FILE not in said


@pytest.mark.parametrize(
    ("old", "new", "line", "complaint"),
    [
        ("::: aims\n- help;\n:::\n", "", 1, "a chapter has one block “aims”; this one has 0"),
        ("::: reflection\nWhat else?\n:::\n", "", 1, "a chapter has a block “reflection”; this one has none"),
        ('::: checklist {title="Before"}\n- Ask.\n:::\n', "", 1, "a chapter has a tool to work with"),
        ("word " * 100, "", 1, "900 to 1800 words of teaching"),
        ("A person has rights.", "word " * 900, 1, "900 to 1800 words of teaching"),
        ("The law says so.[^s10]", "The law says so.", 26, "“law” names no source"),
        ("Law 678/2001[^s10]", "Law 678/2001", 30, "“figure_number” names no source"),
        ("- s10: Law 678/2001.", "- s10: Law 678/2001.\n- s11: Other.", 64, "“s11” is not in rules/sources.yaml"),
        ("- s10: Law 678/2001.", "- s10: Law 678/2001.\n- s99: Old.", 64, "“s99” is listed but named nowhere"),
        ('as-of="2026-01-01"', 'as-of="2998-01-01"', 26, "checked on a day that has not come yet"),
        ('review-due="2999-01-01"', 'review-due="2026-02-01"', 26, "this law was to be checked by 2026-02-01"),
        ("A story.", "She was rescued.", 39, "“rescued”"),
        ("A story.", "A prostitute.", 39, "person who sells or trades sex"),
        ("A story.", "Fact [V S10] here.", 39, "a fact tag must not be printed"),
        ("A story.", "A [[word]{lang=ro}]{lang=nb}.", 39, "a mark that cannot be read"),
        ("A story.", "HG 88/2023 says.", 39, "is not confirmed"),
        ("A story.", "Call 47 45 15 00.", 39, "no longer in use"),
        ("A story.", "A [warm referral]{term=warm-referral}.", 24, "is marked 2 times"),
        ("A task.", "Read [this](manual:m09-9).", 42, "leads to no page"),
        ("## One {#one}", "## A [warm referral]{term=warm-referral} {#one}", 20, "marked"),
    ],
    ids=lambda value: value[:24].strip() if isinstance(value, str) else "",
)
def test_what_must_not_be_published_is_told_with_its_place(folder, old, new, line, complaint):
    rewrite(folder, FILE, old, new)

    said, code = check(folder)

    assert code == 1
    complaints = [found for found in said.split("\n") if found.startswith(FILE) and complaint in found]
    assert complaints, said
    near = int(complaints[0].split(":")[1])
    assert line == 1 or abs(near - line) <= 3, complaints


def test_law_that_rests_on_a_source_past_its_review_is_refused(folder):
    rewrite(folder, FILE, "The law says so.[^s10]", "The law says so.[^s99]")
    rewrite(folder, FILE, "- s10: Law 678/2001.", "- s10: Law 678/2001.\n- s99: Old.")

    said, code = check(folder)

    assert code == 1
    assert "the source “s99” was to be checked by 2026-06-01" in said


def test_word_of_a_statute_may_stand_in_a_law_block_only(folder):
    rewrite(folder, FILE, "The law says so.", "The law says prostitution.")
    assert check(folder)[1] == 0

    rewrite(folder, FILE, "A story.", "A story of prostitution.")
    assert check(folder)[1] == 1


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("A person has rights.", "A person has rights. Warm referrals help.", "before the mark of"),
        ("Make a [warm referral]{term=warm-referral} today.", "Warm referrals help.", "without a mark of"),
    ],
    ids=["before", "without"],
)
def test_listed_form_before_or_without_its_mark_is_told(folder, old, new, complaint):
    write_glossary(folder, REFERRAL | {"en": REFERRAL["en"] | {"forms": ["warm referral", "warm referrals"]}}, AENDRING)
    assert "mentioned" not in check(folder)[0]
    rewrite(folder, FILE, old, new)

    said, _code = check(folder)

    assert f"“Warm referrals” is mentioned {complaint} the term “warm-referral”" in said


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("::: reflection\nWhat else?\n:::\n\n", "", "in the source it is “reflection”"),
        (
            "- Ask.\n:::\n\n::: case",
            "- Ask.\n- Listen.\n:::\n\n::: case",
            "“checklist” (2); in the source it is “checklist” (1)",
        ),
        ("{#one}", "{#two}", "in the source it is “heading” (one, 2)"),
        ("- [x] This — Yes.\n- [ ] That — No.", "- [ ] That — No.\n- [x] This — Yes.", "“self_check” (False, True)"),
        ("[warm referral]{term=warm-referral}", "warm referral", "the source marks the term “warm-referral”"),
    ],
    ids=["block missing", "item more", "anchor", "right answer", "term"],
)
def test_translation_built_otherwise_than_its_source_is_told(folder, old, new, complaint):
    translate(folder, "ro")
    assert check(folder)[1] == 0
    rewrite(folder, "ro/m01/m01-1.md", old, new)

    said, code = check(folder)

    assert code == 1
    assert any(line.startswith("ro/m01/m01-1.md") and complaint in line for line in said.split("\n")), said


def test_module_with_too_few_questions_and_a_question_not_translated_are_told(folder):
    (folder / "en/m01/questions.yaml").write_text(questions(19))
    translate(folder, "nb", count=18)

    said, code = check(folder)

    assert code == 1
    assert "en/m01/questions.yaml:1: a module has 20 questions; this one has 19" in said
    assert "nb/m01/questions.yaml:1: m01-q18 is missing" in said


def test_knowledge_test_follows_its_blueprint(folder):
    (folder / "en/m01/questions.yaml").write_text(questions(20, "form-a"))
    (folder / "en/tests.yaml").write_text(
        'tests:\n  - {key: before, picks: form-a, threshold: 1, title: "Before", intro: "What you know."}\n'
    )
    (folder / "rules/blueprint.yaml").write_text("forms: [form-a, form-b]\nquestions: {m01: 4}\n")

    said, code = check(folder)

    assert code == 1
    assert "“form-a” has 20 questions of m01; the blueprint asks for 4" in said
    assert "“form-b” has 0 questions of m01; the blueprint asks for 4" in said


def test_reading_level_counts_long_words_and_long_sentences():
    def level(words):
        return reading_level(read_text(chapter_file(body=words), kind="chapter", path="x"))

    assert level("One two six.\n") == 3
    assert level("One twentyone six.\n") == 3 + 33
    assert level("One two six one two six.\n") == 6


def test_spelling_names_the_words_that_no_dictionary_knows(folder):
    if not can_spell():
        pytest.skip("hunspell and its dictionaries are not installed")
    rewrite(folder, FILE, "A story.", "A stroy of [pâine]{lang=ro} and Zzyzx, kept at www.example.org.")
    (folder / "rules" / "spelling").mkdir()
    (folder / "rules" / "spelling" / "en.txt").write_text("Zzyzx\n")

    said, code = check(folder, "--spelling")

    unknown = [line for line in said.split("\n") if "dictionary" in line and line.startswith(FILE)]
    assert code == 1
    assert [line.split(": ", 1)[1] for line in unknown] == ["“stroy” is not in the en dictionary"]


# --- The manual itself ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def manual():
    return read_content(CONTENT, None)


def test_manual_of_the_repository_keeps_its_rules(manual):
    content, problems = manual

    assert [str(problem) for problem in problems] == []
    assert [str(problem) for problem in check_content(content)] == []


def test_manual_of_the_repository_is_spelled_right(manual):
    from lms.content import spell_content

    if not can_spell():
        assert not os.environ.get("CI"), "hunspell or one of its dictionaries is missing"
        pytest.skip("hunspell and its dictionaries are not installed")

    assert [str(problem) for problem in spell_content(manual[0])] == []


@pytest.mark.parametrize("language", ["en", "ro", "nb"])
def test_manual_of_the_repository_is_whole_in_each_language(manual, language):
    content, _problems = manual
    texts = [source for source in content.sources if source.language == language]

    assert {source.key for source in texts if source.text.kind == "module"} == {f"m{n:02}" for n in range(1, 13)}
    assert sum(source.text.kind == "chapter" for source in texts) == 54
    assert sum(source.text.kind == "scenario" for source in texts) == 6
    assert all(term.words[language] for term in content.terms)
    assert len(content.terms) == 188
    assert sum(len(bank.questions) for bank in content.banks.values()) >= 240
    assert [bank.untranslated(language) for bank in content.banks.values()] == [[]] * 12
    assert {test.draw for test in content.tests if language in test.faces} == {20}


def test_no_check_of_the_repository_is_due_before_today(manual):
    content, _problems = manual
    days = [source.text.meta["review_due"] for source in content.sources if source.text.kind != "manual"]

    assert min(days) > timezone.localdate() > date(2026, 1, 1)
    assert Path(CONTENT).is_dir()
