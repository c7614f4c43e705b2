"""Practice scenarios: the steps of a conversation, the choices between them, and what makes them lead to an end."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

FEWEST_STEPS, MOST_STEPS = 8, 15
FEWEST_CHOICES, MOST_CHOICES = 2, 4
LONGEST_ANCHOR = 40
LONGEST_WAY = 40  # choices that an address remembers; whoever walks in circles for longer begins a new way
DEBRIEFING = "debriefing"  # its address; no step may be called so


@dataclass(frozen=True, slots=True)
class Step:
    """One step as the rules see it: its name, and where its choices lead. A step without choices is an ending."""

    anchor: str
    targets: tuple[str, ...] = ()


class Code(StrEnum):
    """What can be wrong with the steps of a scenario."""

    NUMBER = "number"
    NO_ENDING = "no-ending"
    TWICE = "twice"
    RESERVED = "reserved"
    CHOICES = "choices"
    UNKNOWN = "unknown"
    UNREACHABLE = "unreachable"
    DEAD_END = "dead-end"
    MISSING = "missing"
    EXTRA = "extra"
    ORDER = "order"
    COUNT = "count"
    TARGET = "target"


MESSAGES = {
    Code.NUMBER: f"a scenario has {FEWEST_STEPS} to {MOST_STEPS} steps, the debriefing aside; this one has {{said}}",
    Code.NO_ENDING: "no step is an ending; a step without choices is one",
    Code.TWICE: "the step “{said}” is there twice",
    Code.RESERVED: "“{said}” is the name of the debriefing; call the step otherwise",
    Code.CHOICES: f"a step has {FEWEST_CHOICES} to {MOST_CHOICES} choices, or none as an ending; this one has {{said}}",
    Code.UNKNOWN: "there is no step “{said}” to lead to",
    Code.UNREACHABLE: "no choices lead from the first step to “{said}”",
    Code.DEAD_END: "no ending can be reached from “{said}”",
    Code.MISSING: "the step “{said}” of the source language is missing",
    Code.EXTRA: "the source language has no step “{said}”",
    Code.ORDER: "the step “{said}” stands here in the source language",
    Code.COUNT: "the source language has {said} choices here",
    Code.TARGET: "this choice leads to “{said}” in the source language",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend, and where: nowhere in particular, at a step, or at a choice of a step (counted from 0)."""

    code: Code
    said: str
    step: int | None = None
    choice: int | None = None

    @property
    def message(self) -> str:
        return MESSAGES[self.code].format(said=self.said)


def shape_of(blocks: Iterable[dict[str, Any]]) -> list[Step]:
    """Give the steps among typed blocks as the rules see them."""
    values = [block["value"] for block in blocks if block["type"] == "step"]
    return [Step(value["anchor"], tuple(choice["target"] for choice in value["choices"])) for value in values]


def faults(steps: Sequence[Step]) -> list[Fault]:
    """Say everything that keeps these steps from being a scenario."""
    found = []
    if not FEWEST_STEPS <= len(steps) <= MOST_STEPS:
        found.append(Fault(Code.NUMBER, str(len(steps))))
    if steps and all(step.targets for step in steps):
        found.append(Fault(Code.NO_ENDING, ""))
    names = [step.anchor for step in steps]
    reached = _reached(steps, names[:1])
    ending = _leading_to_an_ending(steps)
    for at, step in enumerate(steps):
        if step.anchor == DEBRIEFING:
            found.append(Fault(Code.RESERVED, step.anchor, at))
        elif step.anchor in names[:at]:
            found.append(Fault(Code.TWICE, step.anchor, at))
        if step.targets and not FEWEST_CHOICES <= len(step.targets) <= MOST_CHOICES:
            found.append(Fault(Code.CHOICES, str(len(step.targets)), at))
        found += [
            Fault(Code.UNKNOWN, target, at, choice) for choice, target in enumerate(step.targets) if target not in names
        ]
        if step.anchor not in reached:
            found.append(Fault(Code.UNREACHABLE, step.anchor, at))
        if step.anchor not in ending:
            found.append(Fault(Code.DEAD_END, step.anchor, at))
    return found


def _reached(steps: Sequence[Step], first: Collection[str]) -> set[str]:
    reached, waiting = set(first), list(first)
    while waiting:
        here = waiting.pop()
        fresh = {target for step in steps if step.anchor == here for target in step.targets} - reached
        reached |= fresh
        waiting += fresh
    return reached


def _leading_to_an_ending(steps: Sequence[Step]) -> set[str]:
    """Give the steps from which an ending can be reached; an unknown target is a fault of its own."""
    names = {step.anchor for step in steps}
    ending = {step.anchor for step in steps if not step.targets or not names.issuperset(step.targets)}
    while fresh := {step.anchor for step in steps if ending.intersection(step.targets)} - ending:
        ending |= fresh
    return ending


def differences(source: Sequence[Step], translated: Sequence[Step]) -> list[Fault]:
    """Say where a translation is not built like its source: the same steps in the same order, the same choices."""
    names, theirs = [step.anchor for step in source], [step.anchor for step in translated]
    found = [Fault(Code.MISSING, name) for name in names if name not in theirs]
    found += [Fault(Code.EXTRA, name, at) for at, name in enumerate(theirs) if name not in names]
    if found:
        return found
    for at, (ours, other) in enumerate(zip(source, translated, strict=False)):
        if ours.anchor != other.anchor:
            return [Fault(Code.ORDER, ours.anchor, at)]
        if len(ours.targets) != len(other.targets):
            found.append(Fault(Code.COUNT, str(len(ours.targets)), at))
            continue
        pairs = enumerate(zip(ours.targets, other.targets, strict=True))
        found += [Fault(Code.TARGET, right, at, choice) for choice, (right, wrong) in pairs if right != wrong]
    return found


# --- Walking ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Way:
    """The choices that led somewhere: each as its step and its choice (counted from 0), and where they began."""

    start: str
    taken: tuple[tuple[int, int], ...] = ()

    @property
    def numbers(self) -> str:
        return "".join(str(choice + 1) for _step, choice in self.taken)


def way_to(steps: Sequence[Step], here: str, start: str, numbers: str) -> Way | None:
    """Follow the numbers of choices from a step; nothing unless they lead exactly here.

    Here may be the debriefing, to which every ending leads.
    """
    places = {step.anchor: at for at, step in enumerate(steps)}
    at = places.get(start)
    if at is None or len(numbers) > LONGEST_WAY:
        return None
    taken = []
    for number in numbers:
        choice = "1234".find(number)
        if not 0 <= choice < len(steps[at].targets):
            return None
        taken.append((at, choice))
        following = places.get(steps[at].targets[choice])
        if following is None:
            return None
        at = following
    arrived = steps[at].anchor == here or (here == DEBRIEFING and not steps[at].targets)
    return Way(start, tuple(taken)) if arrived else None
