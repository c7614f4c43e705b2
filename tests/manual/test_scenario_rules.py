"""The rules of practice scenarios and their files: what is read, what is written back, what is refused and where."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manual.blocks.scenario import SAID
from manual.text import BrokenTextError, read_text, stream, write_text
from manual.text.scenario import DEBRIEFING, Code, Step, Way, differences, faults, way_to
from tests.factories.manual import SCENARIO, scenario_file

LINES = scenario_file().split("---\n", 2)[1].count("\n") + 2  # before the body


def read(body=SCENARIO):
    return read_text(scenario_file(body=body), kind="scenario", path="first-contact.md")


def complaints(body):
    with pytest.raises(BrokenTextError) as caught:
        read(body)
    return [(problem.line - LINES, problem.message) for problem in caught.value.problems]


def changed(*pairs):
    body = SCENARIO
    for old, new in pairs:
        assert old in body
        body = body.replace(old, new, 1)
    return body


def line_of(words, body=SCENARIO):
    return next(number for number, line in enumerate(body.split("\n"), 1) if words in line)


def test_scenario_is_written_back_as_it_was_read():
    assert write_text(read()) == scenario_file()


def test_scenario_survives_the_store():
    blocks = read().blocks

    stored = stream.to_stream(blocks, key="first-contact")

    assert stream.from_stream(stored) == blocks


def test_a_choice_is_read_in_its_three_parts():
    door = next(block["value"] for block in read().blocks if block["type"] == "step")

    assert door["title"] == "She stands in the door"
    assert door["text"] == "“They told me,” she says, “that you *help* people.”"
    assert door["choices"][0] == {
        "target": "water",
        "text": "“Would you like to sit down?”",
        "consequence": "She looks at both chairs.",
    }


def test_long_lines_are_joined_and_the_consequence_may_be_missing():
    body = changed(("“Would you like to sit down?” — She looks at both chairs.", "“Would you\n  like to sit down?”"))

    [choice, _other] = next(block["value"]["choices"] for block in read(body).blocks if block["type"] == "step")

    assert (choice["text"], choice["consequence"]) == ("“Would you like to sit down?”", "")


CEDILLA = "ş or ţ with a cedilla; Romanian is written with a comma below: ș ț"
LONG = "the-door-of-the-office-in-which-you-are-alone"
CHOICE = "a choice is written as “- [step-id] What you do — What follows”; the part from the dash on may be left out"


@pytest.mark.parametrize(
    ("pairs", "at", "message"),
    [
        ([("- [leaves] “Come", "- [gone] “Come")], "[gone]", "there is no step “gone” to lead to"),
        (
            [("- [promise] “I promise.”", "- [limits] “I promise.”")],
            "{#promise}",
            "no choices lead from the first step to “promise”",
        ),
        (
            [("{#promise}", "{#limits}"), ("- [promise]", "- [limits]")],
            "The promise {",
            "the step “limits” is there twice",
        ),
        (
            [("\n- [limits] “I promised too quickly.” — At least you say so.", "")],
            "{#promise}",
            "a step has 2 to 4 choices, or none as an ending; this one has 1",
        ),
        ([("- [role] Say", "- [role]Say")], "[role]", CHOICE),
        ([("- [role] Say", "- role: Say")], "role:", CHOICE),
        ([("- [role] Say who you are. — She looks at you.", "- [role] Say who you are. —")], "[role]", CHOICE),
        (
            [("“Come back tomorrow.”", "“Come [back](manual:m01) tomorrow.”")],
            "“Come",
            "no link stands in a step; put it into the debriefing",
        ),
        (
            [("— She sits down.\n", "— She sits down.\n\nAnd then?\n\n")],
            "And then?",
            "choices come last in a step; this stands after them",
        ),
        (
            [("She drinks.", "### Water {#w}\n\nShe drinks.")],
            "### Water",
            "in a step stand paragraphs, lists 1. 2. 3. and choices, nothing else",
        ),
        ([("“It is nothing,” she says.\n", "")], "{#questions}", "this step has no text"),
        (
            [("## Debriefing {#", "## Afterwards {#")],
            "## Afterwards",
            "write ## Debriefing {#debriefing} in every language",
        ),
        (
            [("{#door}", f"{{#{LONG}}}"), ("- [door]", f"- [{LONG}]")],
            "{#the-door",
            f"“{LONG}” is longer than 40 signs",
        ),
        (
            [("You were never", "::: aims\n- x\n:::\n\nYou were never")],
            "::: aims",
            "“aims” has no place in a debriefing; paragraphs, lists and ::: say, ::: key-point, ::: key-points, "
            "::: reflection have",
        ),
        ([("She talks fast.", "She talks faşt.")], "faşt", CEDILLA),
        ([("She talks fast.", "She talks fast.[^s1]")], "[^s1]", "“[^s1]” is not among the references of this file"),
    ],
    ids=[
        "unknown",
        "unreachable",
        "twice",
        "one-choice",
        "no-blank",
        "no-bracket",
        "no-consequence",
        "link",
        "after",
        "heading",
        "no-text",
        "debriefing",
        "long",
        "directive",
        "cedilla",
        "source",
    ],
)
def test_what_is_wrong_is_said_with_its_line(pairs, at, message):
    body = changed(*pairs)

    assert complaints(body) == [(line_of(at, body), message)]


def test_a_scenario_without_debriefing_is_refused():
    body = SCENARIO[: SCENARIO.index("## Debriefing")]

    assert [message for _line, message in complaints(body)] == ["a scenario ends with ## Debriefing {#debriefing}"]


def test_nothing_comes_after_the_debriefing():
    body = SCENARIO + "\n## Encore {#encore}\n\nText.\n"

    assert complaints(body) == [(line_of("## Encore", body), "the debriefing comes last, and only once")]


# --- The rules --------------------------------------------------------------------------------------------------------


def steps(*lines):
    """Write steps as `door: water questions`."""
    return [Step(name, tuple(targets.split())) for name, _colon, targets in (line.partition(":") for line in lines)]


CHAIN = [f"s{n}: s{n + 1} s{n + 1}" for n in range(1, 8)]
GOOD = steps(*CHAIN, "s8:")


def found(shape):
    return [(fault.code, fault.step, fault.said) for fault in faults(shape)]


def test_a_sound_scenario_has_no_faults():
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (steps("a: b b", "b:"), [(Code.NUMBER, None, "2")]),
        (steps(*(f"s{n}: s{n + 1} s{n + 1}" for n in range(1, 16)), "s16:"), [(Code.NUMBER, None, "16")]),
        (
            steps(*CHAIN, "s8: s1 s2"),
            [(Code.NO_ENDING, None, ""), *((Code.DEAD_END, n, f"s{n + 1}") for n in range(8))],
        ),
        (steps("s1: s2 trap", *CHAIN[1:], "s8:", "trap: trap trap"), [(Code.DEAD_END, 8, "trap")]),
        (steps(*CHAIN, "s8:", "x:"), [(Code.UNREACHABLE, 8, "x")]),
        (steps(*CHAIN[:6], "s7: s8 debriefing", "s8:"), [(Code.UNKNOWN, 6, "debriefing")]),
        (steps(*CHAIN[:6], "s7: debriefing s8", "s8:", "debriefing:"), [(Code.RESERVED, 8, "debriefing")]),
        (steps("s1: s2 s2 s2 s2 s2", *CHAIN[1:], "s8:"), [(Code.CHOICES, 0, "5")]),
        ([], [(Code.NUMBER, None, "0")]),
    ],
    ids=["few", "many", "no-ending", "dead-end", "unreachable", "unknown", "reserved", "choices", "none"],
)
def test_faults(shape, expected):
    assert found(shape) == expected


def test_walking_in_circles_is_allowed_while_an_ending_stays_reachable():
    assert faults(steps("s1: s2 s1", *CHAIN[1:6], "s7: s8 s1", "s8:")) == []


@pytest.mark.parametrize(
    ("translated", "expected"),
    [
        (GOOD, []),
        (GOOD[:-1], [(Code.MISSING, "s8")]),
        ([*GOOD, Step("x")], [(Code.EXTRA, "x")]),
        ([GOOD[0], GOOD[2], GOOD[1], *GOOD[3:]], [(Code.ORDER, "s2")]),
        ([Step("s1", ("s2",) * 3), *GOOD[1:]], [(Code.COUNT, "2")]),
        ([Step("s1", ("s2", "s3")), *GOOD[1:]], [(Code.TARGET, "s2")]),
    ],
    ids=["same", "missing", "extra", "order", "count", "target"],
)
def test_a_translation_is_built_like_its_source(translated, expected):
    assert [(fault.code, fault.said) for fault in differences(GOOD, translated)] == expected


def test_every_fault_has_its_sentence_in_the_editor():
    assert set(SAID) == {str(code) for code in Code}


# --- Walking ----------------------------------------------------------------------------------------------------------

WALK = steps("door: water questions", "water: end door", "questions: water end", "end:")


@pytest.mark.parametrize(
    ("here", "start", "numbers", "taken"),
    [
        ("door", "door", "", ()),
        ("water", "door", "1", ((0, 0),)),
        ("end", "door", "21" + "1", ((0, 1), (2, 0), (1, 0))),
        ("end", "questions", "2", ((2, 1),)),
        (DEBRIEFING, "door", "11", ((0, 0), (1, 0))),
    ],
)
def test_a_way_that_leads_here_is_followed(here, start, numbers, taken):
    way = way_to(WALK, here, start, numbers)

    assert way == Way(start, taken)
    assert way.numbers == numbers


@pytest.mark.parametrize(
    ("here", "start", "numbers"),
    [
        ("water", "door", ""),
        ("water", "door", "2"),
        ("water", "door", "3"),
        ("water", "door", "0"),
        ("water", "door", "x"),
        ("water", "door", "¹"),
        ("water", "nowhere", "1"),
        ("end", "door", "11" + "1"),
        (DEBRIEFING, "door", "1"),
        (DEBRIEFING, "", ""),
        ("water", "door", "12" * 30 + "1"),
    ],
)
def test_a_way_that_does_not_lead_here_is_none(here, start, numbers):
    assert way_to(WALK, here, start, numbers) is None


shapes = st.lists(
    st.builds(Step, st.sampled_from("abcdefghij"), st.lists(st.sampled_from("abcdefghijk"), max_size=5).map(tuple)),
    max_size=16,
)


@given(shapes)
def test_from_every_step_of_a_sound_scenario_an_ending_is_reached(shape):
    if faults(shape):
        return
    for start in shape:
        around = {start.anchor}
        for _ in shape:
            around |= {target for step in shape if step.anchor in around for target in step.targets}
        assert any(not step.targets for step in shape if step.anchor in around)


@given(shapes, st.text("12345x", max_size=50))
def test_any_address_can_be_read(shape, numbers):
    for step in shape:
        way_to(shape, step.anchor, shape[0].anchor, numbers)


@given(st.text("#-[]{}:> \nabş—1.", max_size=200))
def test_any_file_is_read_or_refused(body):
    with suppress(BrokenTextError):
        assert write_text(read(body)) == write_text(read_text(write_text(read(body)), kind="scenario", path="x"))
