"""Reads and checks a folder of text files as a whole; writes nothing."""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path

from manual.text import BrokenTextError, Problem, Text, inline, natural, read_text
from manual.text.scenario import Fault, Step, differences, shape_of
from manual.text.words import plain_parts, strings

WORDS_A_MINUTE = 120  # reading to learn, with the tasks in between, is slower than reading a novel
MODULE_FILE = "module.md"
MANUAL_FILE = "manual.md"
SCENARIOS = "scenarios"  # the folder of the practice scenarios, beside those of the modules


@dataclass(frozen=True)
class Source:
    """One file: its language, its place and what it says."""

    language: str
    path: Path
    name: str
    text: Text
    parent: str

    @property
    def key(self) -> str:
        return self.text.meta["key"]

    @property
    def order(self) -> tuple[int, list[int]]:
        number = str(self.text.meta.get("number", ""))
        return {"manual": 0, "module": 1, "chapter": 2, "scenario": 3}[self.text.kind], natural(number)

    @property
    def words(self) -> int:
        return sum(len(said.split()) for said in plain_parts(self.text.blocks))

    @property
    def reading_minutes(self) -> int:
        return max(1, round(self.words / WORDS_A_MINUTE))


def read_folder(
    folder: Path, languages: Iterable[str], *, terms: Container[str] = (), source_language: str = "en"
) -> tuple[list[Source], list[Problem]]:
    """Read every file of the given languages and say all that is wrong, in files and between them."""
    sources: list[Source] = []
    problems: list[Problem] = []
    languages = list(languages)
    for language in languages:
        found, wrong = _read_language(folder, language)
        sources += found
        problems += wrong
    originals = sources if source_language in languages else _read_language(folder, source_language)[0]
    problems += _between(sources, terms) + _unlike_their_source(sources, originals, source_language)
    return sorted(sources, key=lambda source: source.order), sorted(problems)


def _read_language(folder: Path, language: str) -> tuple[list[Source], list[Problem]]:
    sources: list[Source] = []
    problems: list[Problem] = []
    home = folder / language
    manual_key = "manual"
    for path in [home / MANUAL_FILE, *sorted(home.glob(f"*/{MODULE_FILE}")), *sorted(home.glob("*/*.md"))]:
        if not path.exists() or any(source.path == path for source in sources):
            continue
        kind = {MANUAL_FILE: "manual", MODULE_FILE: "module"}.get(path.name, "chapter")
        if path.parent.name == SCENARIOS:
            kind = "scenario"
        name = path.relative_to(folder).as_posix()
        try:
            text = read_text(path.read_bytes().decode(), kind=kind, path=name)
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            problems.append(Problem(name, line, "this file is not UTF-8"))
        except BrokenTextError as error:
            problems += error.problems
        else:
            if kind == "manual":
                manual_key = text.meta["key"]
            if kind == "scenario" and path.stem != text.meta["key"]:
                problems.append(Problem(name, 2, f"the file of this scenario is called {text.meta['key']}.md"))
            parent = {"manual": "", "module": manual_key, "scenario": text.meta.get("module", "")}
            sources.append(Source(language, path, name, text, parent.get(kind, path.parent.name)))
    return sources, problems


def _between(sources: list[Source], terms: Container[str]) -> list[Problem]:
    """Find what is wrong between files: keys and addresses used twice, missing parents, links that lead nowhere."""
    problems: list[Problem] = []
    known = {(source.language, source.key): source for source in sources}
    somewhere = {source.key: source for source in reversed(sources)}
    addresses: set[tuple[str, str, str]] = set()
    for source in sources:
        if known[source.language, source.key] is not source:
            problems.append(Problem(source.name, 2, f"the key “{source.key}” is used by another file of this language"))
        address = (source.language, source.parent, source.text.meta["slug"])
        if address in addresses:
            problems.append(Problem(source.name, 2, f"the slug “{address[2]}” is used twice in the same place"))
        addresses.add(address)
        if waits_for(source, known) is not None:
            continue
        parent = known.get((source.language, source.parent))
        above = {"manual": "", "module": "manual"}.get(source.text.kind, "module")
        if source.parent and not (parent and parent.text.kind == above):
            missing = MANUAL_FILE if source.text.kind == "module" else f"{source.parent}/{MODULE_FILE}"
            problems.append(
                Problem(source.name, 1, f"there is no {missing} for this {source.text.kind}, or its key differs")
            )
        problems += _dead_links(source, known, somewhere)
        problems += _unknown_terms(source, terms)
    return problems


def waits_for(source: Source, known: Container[tuple[str, str]]) -> str | None:
    """Name the module that a scenario waits for, because it is not written yet in this language."""
    waits = source.text.kind == "scenario" and (source.language, source.parent) not in known
    return source.parent if waits else None


def _unlike_their_source(sources: list[Source], originals: list[Source], source_language: str) -> list[Problem]:
    """Find the translated scenarios that are not built like theirs in the source language."""
    shapes = {
        original.key: shape_of(original.text.blocks)
        for original in originals
        if original.text.kind == "scenario" and original.language == source_language
    }
    problems = []
    for source in sources:
        if source.text.kind != "scenario" or source.language == source_language:
            continue
        if source.key not in shapes:
            message = f"there is no sound {source_language}/{SCENARIOS}/{source.key}.md that this could translate"
            problems.append(Problem(source.name, 1, message))
            continue
        shape = shape_of(source.text.blocks)
        problems += [
            Problem(source.name, _line_of_step(source, shape, fault), fault.message)
            for fault in differences(shapes[source.key], shape)
        ]
    return problems


def _line_of_step(source: Source, shape: list[Step], fault: Fault) -> int:
    """Find the line of a step, or of one of its choices."""
    if fault.step is None:
        return 1
    lines = source.path.read_text().split("\n")
    anchor = shape[fault.step].anchor
    at = next(number for number, line in enumerate(lines) if re.match(rf"##\s.*{{#{anchor}}}\s*$", line))
    if fault.choice is None:
        return at + 1
    return [n for n, line in enumerate(lines[at:], at + 1) if line.startswith("- ")][fault.choice]


def _dead_links(
    source: Source, known: dict[tuple[str, str], Source], somewhere: dict[str, Source]
) -> Iterable[Problem]:
    for block in source.text.blocks:
        for said in strings(block["value"]):
            for node in inline.walk(inline.parse(said)):
                link = inline.internal_link(node.text) if node.kind == "link" else None
                if not link:
                    continue
                target = known.get((source.language, link[0])) or somewhere.get(link[0])
                line = _line_of(source, node.text)
                if target is None:
                    yield Problem(source.name, line, f"the link “{node.text}” leads to no page")
                elif link[1] and link[1] not in target.text.anchors():
                    yield Problem(source.name, line, f"the link “{node.text}” leads to no section of that page")


def _unknown_terms(source: Source, terms: Container[str]) -> Iterable[Problem]:
    for number, line in enumerate(source.path.read_text().split("\n"), 1):
        for _words, key in inline.TERM.findall(line):
            if key not in terms:
                yield Problem(source.name, number, f"the glossary has no term “{key}”")


def _line_of(source: Source, said: str) -> int:
    whole = source.path.read_text()
    return whole[: max(whole.find(said), 0)].count("\n") + 1
