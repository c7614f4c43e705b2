"""Tags of practice scenarios: where the reader stands, what led there, where the choices lead."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from manual.models import ScenarioPage
from manual.text.scenario import DEBRIEFING, LONGEST_WAY, Way
from manual.text.screen import Screen
from pages.routing import remember

register = template.Library()

ARRIVAL = "followed"  # where a page begins after a choice


@dataclass(frozen=True, slots=True)
class ToldChoice:
    """A choice in the words of the page."""

    target: str
    text: SafeString
    consequence: SafeString


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A step in the words of the page."""

    anchor: str
    title: SafeString
    text: SafeString
    choices: list[ToldChoice]


@dataclass(frozen=True, slots=True)
class Taken:
    """A choice that the reader has made: where, which, and what followed."""

    title: SafeString
    choice: ToldChoice


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the reader stands."""

    step: ToldStep | None  # nothing in the debriefing
    taken: list[Taken]
    offered: list[tuple[str, ToldChoice]]  # each with its address
    back: str
    debriefing: str  # its address, where the conversation ends

    @property
    def last(self) -> Taken | None:
        return self.taken[-1] if self.taken else None


@register.simple_tag(takes_context=True)
def scene_of(context: template.Context, page: ScenarioPage, here: str, way: Way) -> Scene:
    """Say where a reader stands who has come here on this way."""
    request = context["request"]
    told = remember(request, ("told", page.pk, get_language()), lambda: _told(page))
    base = _base(request, page)
    at = next((number for number, step in enumerate(told) if step.anchor == here), None)
    step = None if at is None else told[at]
    taken = [Taken(told[where].title, told[where].choices[choice]) for where, choice in way.taken]
    if step is None or at is None:
        return Scene(None, taken, [], _back(base, told, way), "")
    # Whoever walks in circles begins a new way; its address would only grow.
    onward = way if len(way.taken) < LONGEST_WAY else Way(here)
    offered = [
        (_address(base, choice.target, Way(onward.start, (*onward.taken, (at, number)))), choice)
        for number, choice in enumerate(step.choices)
    ]
    debriefing = "" if step.choices else _address(base, DEBRIEFING, way)
    return Scene(step, taken, offered, _back(base, told, way), debriefing)


@register.simple_tag(takes_context=True)
def first_step(context: template.Context, page: ScenarioPage) -> str:
    """Give the address of the first step."""
    base = _base(context.get("request"), page)
    return f"{base}step/{page.steps[0].value['anchor']}/" if page.steps else ""


@register.filter
def number_of(anchor: str, page: ScenarioPage) -> int:
    """Give the number of a step on paper."""
    return next((number for number, step in enumerate(page.steps, 1) if step.value["anchor"] == anchor), 0)


def _base(request: HttpRequest | None, page: ScenarioPage) -> str:
    """Give the address below which the steps are."""
    if request is None:
        return page.get_url() or ""
    return remember(request, ("steps", page.pk, request.get_host()), lambda: page.get_url(request) or "")


def _told(page: ScenarioPage) -> list[ToldStep]:
    """Write every step once for all its readers; steps hold no links, and terms are plain words in them."""
    screen = Screen()
    return [
        ToldStep(
            anchor=step.value["anchor"],
            title=_safe(screen.phrase(step.value["title"])),
            text=_safe(screen.prose(step.value["text"].source)),
            choices=[
                ToldChoice(
                    target=choice["target"],
                    text=_safe(screen.phrase(choice["text"])),
                    consequence=_safe(screen.phrase(choice["consequence"] or "")),
                )
                for choice in step.value["choices"]
            ],
        )
        for step in page.steps
    ]


def _safe(written: str) -> SafeString:
    return mark_safe(written)  # noqa: S308 -- escaped in Screen


def _back(base: str, told: list[ToldStep], way: Way) -> str:
    """Give the address before the last choice."""
    if not way.taken:
        return ""
    *before, (at, _choice) = way.taken
    return _address(base, told[at].anchor, Way(way.start, tuple(before)))


def _address(base: str, step: str, way: Way) -> str:
    """Give the address of a step; `from` stands there only where the way did not begin at the first step."""
    if not way.taken:
        return f"{base}step/{step}/"
    said = {"choices": way.numbers} | ({} if way.taken[0][0] == 0 else {"from": way.start})
    return f"{base}step/{step}/?{urlencode(said)}#{ARRIVAL}"
