"""The text files: what is written is read, what is read is written back, and what is broken is said with its line."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manual.text import BrokenTextError, Text, read_text, stream, translation_key, write_text

CONTENT = Path(__file__).parents[2] / "manual" / "content"
FRONT = """---
key: m01-1
number: "1.1"
title: The three elements
slug: three-elements
standfirst: One sentence.
minutes: 48
reviewed: 2026-11-23
review: none
---
"""
FRONT_LINES = FRONT.count("\n")


def read(body, front=FRONT):
    return read_text(front + body, kind="chapter", path="m01-1.md")


def complaints(body, front=FRONT):
    with pytest.raises(BrokenTextError) as caught:
        read(body, front)
    return [(problem.line - FRONT_LINES, problem.message) for problem in caught.value.problems]


# --- What is written is read ------------------------------------------------------------------------------------------

EVERY_BLOCK = """\
A paragraph with **strong**, *stress*, [a page](manual:m01-2#child), [an address](https://example.org/a), \
[trafic de persoane]{lang=ro} and a source.[^s40]

- one
- two

1. first
2. second

## When the person is a child {#child}

### A detail {#detail}

::: aims
- take a situation apart;
- say calmly what you do not know.
:::

::: key-point
No border is **needed**.
:::

::: key-points
- Act, means, purpose.
:::

::: law {title="Two \\"codes\\"" source="Law 202/2024." as-of="2026-11-23" review-due="2027-11-23"}
Both countries.

### Romania
Article 210.[^s40]

### Norway
Section 257.

- and 258
:::

::: law {title="One code" source="Law 678/2001." as-of="2026-11-23"}
A person is a victim.
:::

::: practice {title="Act on a ground" source="Guide, 2026."}
You need no proof.
:::

::: method {title="The grid"}
Use it afterwards.

1. Write.
2. Ask.
:::

::: case {title="Mihai"}
He asks about a ticket.

### Task
- What can you offer?

### Discussion
A chair, water and time.
:::

::: reflection
Which means looks like a favour?

Think of housing.
:::

::: checklist {title="Before the talk"}
- The door closes.
:::

::: table {caption="The definition"}
| Element | Question |
| --- | --- |
| Act \\| deed | *What* was done? |
:::

::: figure-number {value="38 %" source="UNODC, 2024"}
of the victims were children.
:::

::: self-check
Must a border be crossed?

- [x] No — It can happen in one town.
- [ ] Yes — No border is needed.
:::

::: say {title="When she agreed"}
- "What were you told?"

### Never
- "Why did you go?"
:::

::: content-note
No violence.
:::

::: pause
You may stop.
:::

::: references
- s40: European Commission, 2025. [europa.eu](https://europa.eu/)
:::

::: figure {image="grid.png" alt="The grid" caption="A grid" source="Ours, 2026"}
:::
"""


def test_every_block_is_written_back_as_it_was_read():
    assert write_text(read(EVERY_BLOCK)) == FRONT + EVERY_BLOCK


def test_every_block_survives_the_store():
    blocks = read(EVERY_BLOCK).blocks

    stored = stream.to_stream(blocks, key="m01-1", image_id={"grid.png": 7}.get)

    assert stream.from_stream(stored, image_name={7: "grid.png"}.get) == blocks


@pytest.mark.parametrize(
    "path", sorted(CONTENT.glob("*/*/*.md")), ids=lambda path: "-".join(path.with_suffix("").parts[-3:])
)
def test_content_is_written_back_as_it_was_read(path):
    kinds = {"module.md": "module", "scenarios": "scenario"}
    kind = kinds.get(path.name) or kinds.get(path.parent.name, "chapter")

    text = read_text(path.read_text(), kind=kind, path=path.name)
    again = read_text(write_text(text), kind=kind, path=path.name)

    assert again == text


word = st.text(st.sampled_from("abșțå.#-|:*[]\\1x"), min_size=1, max_size=6)
words = st.lists(word, min_size=1, max_size=4).map(" ".join)
phrase = words.map(lambda said: read(f'::: checklist {{title="x"}}\n- a {said}\n:::').blocks[0]["value"]["items"][0])
paragraphs = st.lists(words, min_size=1, max_size=3).map(
    lambda said: read("\n\n".join(f"x {paragraph}" for paragraph in said)).blocks[0]["value"]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.builds(lambda said: {"type": "text", "value": said}, paragraphs),
            st.builds(
                lambda title, items: {"type": "checklist", "value": {"title": title, "items": items}},
                phrase,
                st.lists(phrase, min_size=1, max_size=3),
            ),
            st.builds(
                lambda cells: {"type": "table", "value": {"caption": "c", "rows": [["h", "k"], cells]}},
                st.lists(phrase, min_size=2, max_size=2),
            ),
            st.builds(
                lambda asked, text, said: {
                    "type": "self_check",
                    "value": {
                        "question": asked,
                        "options": [
                            {"right": True, "text": text, "feedback": said},
                            {"right": False, "text": said, "feedback": text},
                        ],
                    },
                },
                phrase,
                phrase,
                phrase,
            ),
            st.builds(
                lambda story: {
                    "type": "case",
                    "value": {"title": "t", "story": story, "task": story, "discussion": story},
                },
                paragraphs,
            ),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_is_said_survives_file_and_store(blocks):
    tidy = stream.from_stream(stream.to_stream(blocks, key="m01-1"))  # neighbouring texts become one

    written = write_text(Text("m01-1.md", "chapter", read("").meta, tidy))

    assert read_text(written, kind="chapter", path="m01-1.md").blocks == tidy


def test_a_paragraph_that_starts_like_a_mark_stays_a_paragraph():
    stored = [{"type": "text", "value": "<p>- no list</p><p>1. no list</p><p># no heading</p><p>::: no</p>"}]
    blocks = stream.from_stream(stored)

    written = write_text(Text("m01-1.md", "chapter", read("").meta, blocks))

    assert read_text(written, kind="chapter", path="x").blocks == blocks
    assert stream.to_stream(blocks, key="k")[0]["value"] == stored[0]["value"]


def test_rich_text_of_the_editor_is_read_with_its_marks_and_page_links():
    stored = (
        '<p data-block-key="a1">Safety <b>first </b>and <i>always</i><br/>see '
        '<a linktype="page" id="5">the page</a> or <a linktype="page" id="6">a lost one</a>.[^s40]</p>'
        "<ul><li>one<ul><li>deeper</li></ul></li></ul>"
    )

    blocks = stream.from_stream([{"type": "text", "value": stored}], page_addresses={5: "manual:m01-2"})

    assert blocks[0]["value"] == (
        "Safety **first** and *always* see [the page](manual:m01-2) or a lost one.[^s40]\n\n- one\n- deeper"
    )


# --- Blocks keep their ids --------------------------------------------------------------------------------------------


def ids_after(old_body, new_body):
    old = stream.to_stream(read(old_body).blocks, key="m01-1")
    new = stream.to_stream(read(new_body).blocks, key="m01-1", old=old)
    return [block["id"] for block in old], [block["id"] for block in new]


def test_block_ids_are_the_same_on_another_machine():
    first, second = (stream.to_stream(read(EVERY_BLOCK).blocks, key="m01-1") for _ in range(2))

    assert first == second
    assert len({block["id"] for block in first}) == len(first)


def test_block_ids_stay_when_a_block_comes_before_them():
    old, new = ids_after("## A {#a}\n\nText.\n", "::: pause\nStop.\n:::\n\n## A {#a}\n\nText.\n")

    assert new[1:] == old
    assert new[0] not in old


def test_block_id_stays_when_its_words_change():
    old, new = ids_after("## A {#a}\n\nText.\n\n## B {#b}\n", "## A {#a}\n\nOther text.\n\n## B, renamed {#b}\n")

    assert new == old


# --- What is broken is said -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("Text.\n\n::: wisdom\nx\n:::\n", 3, "unknown directive “wisdom”"),
        ("::: pause\nStop.\n", 1, "is not closed"),
        ("::: pause\nStop.\n::: aims\n- a\n:::\n", 1, "is not closed"),
        ("a\n\n:::\n", 3, "closes nothing"),
        ('::: checklist {name="x" title="t"}\n- a\n:::\n', 1, "has no attribute “name”"),
        ("::: checklist {title=x}\n- a\n:::\n", 1, "attributes are written"),
        ("::: checklist\n- a\n:::\n", 1, "needs the attribute “title”"),
        ('::: law {title="a" source="b" as-of="2026-13-01"}\nx\n:::\n', 1, "must be a date"),
        ("## A {#a}\n\n## B {#a}\n", 3, "the anchor “a” is there twice"),
        ("## A\n", 1, "ends in an anchor"),
        ("# A {#a}\n", 1, "begin with ## or ###"),
        ("Text.[^s99]\n", 1, "“[^s99]” is not among the references"),
        ("::: references\n- a: x\n- a: y\n:::\n", 3, "the reference “a” is there twice"),
        ("Text\x00.\n", 1, "control character"),
        ("Asistenţă\n", 1, "cedilla"),
        ("[x](javascript:alert)\n", 1, "is neither https"),
        ("- a\n  - b\n", 2, "lists have one level"),
        ("::: aims\nA paragraph.\n:::\n", 2, "only a list with -"),
        ("::: key-point\n:::\n", 1, "exactly one paragraph"),
        ('::: table {caption="c"}\n| a | b |\n| --- | --- |\n| a |\n:::\n', 4, "a row of a table"),
        ('::: table {caption="c"}\n| a | b |\n| --- | --- |\n| a | b | c |\n:::\n', 4, "3 cells"),
        ("::: self-check\nQ?\n\n- [ ] a — b\n- [ ] c — d\n:::\n", 1, "two options or more"),
        ("::: self-check\nQ?\n\n- [x] a\n- [ ] c — d\n:::\n", 4, "an option is written"),
        ('::: case {title="t"}\nStory.\n\n### Task\n- a\n:::\n', 1, "needs a part ### Discussion"),
        ('::: case {title="t"}\nStory.\n\n### Answer\n- a\n:::\n', 4, "takes ### Task or ### Discussion"),
    ],
)
def test_broken_body_is_refused_with_its_line(body, line, message):
    assert any(at == line and message in said for at, said in complaints(body))


@pytest.mark.parametrize(
    ("wrong", "right", "line", "message"),
    [
        ("reviewed: 2026-11-23", "reviewed: yesterday", 8, "must be a date"),
        ("reviewed: 2026-11-23", "reviewed: 2026-11-45", 8, "cannot be read"),
        ("minutes: 48", "minutes: long", 7, "must be a whole number"),
        ('number: "1.1"', "number: 1.1", 3, "short text in quotes"),
        ("review: none", "review: everybody", 9, "must be one of none, lawyer"),
        ("review: none", "review: none\ncolour: red", 10, "unknown field “colour”"),
        ("title: The three elements\n", "", 1, "has no “title”"),
        ("title: The three elements", "title: The: elements", 4, "cannot be read"),
        ("key: m01-1", "key: M01_1", 2, "small letters"),
    ],
)
def test_broken_front_matter_is_refused_with_its_line(wrong, right, line, message):
    said = complaints("Text.\n", FRONT.replace(wrong, right))

    assert any(at + FRONT_LINES == line and message in what for at, what in said)


def test_all_problems_of_a_file_are_told_at_once():
    assert len(complaints("::: wisdom\nx\n:::\n\n## A\n\nText.[^x]\n")) == 3


def test_file_without_front_matter_is_refused():
    assert "begins with front matter" in complaints("Text.\n", "")[0][1]


def test_enormous_file_is_refused():
    assert "longer than" in complaints("x" * 1_100_000)[0][1]


def test_yaml_tags_are_not_obeyed():
    assert (
        "cannot be read" in complaints("", FRONT.replace("key: m01-1", "key: !!python/object/apply:os.getcwd []"))[0][1]
    )


def test_translation_key_is_the_same_on_every_machine():
    assert str(translation_key("m01-1")) == "17a98bb0-c7ee-581d-ac1b-e68663e3fd78"
