"""The kinds of question, how each is scored, and how a paper is drawn and arranged from a seed.

Everything here is a function of values: the same seed gives the same paper in every language, on every machine
and on every version of Python, which is why order comes from a digest and not from `random`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256

FEWEST_OPTIONS = 2
MOST_OPTIONS = 8


class Use(StrEnum):
    """What a question may be used for; a test question stands in no chapter and in no offline copy."""

    PRACTICE = "practice"
    TEST = "test"


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    SEVERAL = "several"


class GradeRule(StrEnum):
    """Which attempt counts."""

    BEST = "best"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen."""

    key: str
    text: str
    right: bool = False
    feedback: str = ""


def score(kind: Kind, right: Collection[str], chosen: Collection[str]) -> Fraction:
    """Give the share of a question's point that an answer earns.

    A single choice is right or not. Where several are right, each right choice adds its share, each wrong choice
    takes the same share away, and nothing falls below 0: with three right options, two right and one wrong
    choice earn 1/3.
    """
    right, chosen = frozenset(right), frozenset(chosen)
    if kind is Kind.SINGLE:
        return Fraction(chosen == right)
    hits, misses = len(chosen & right), len(chosen - right)
    return max(Fraction(0), Fraction(hits - misses, len(right)))


def faults(kind: Kind, options: Sequence[Option]) -> list[tuple[str, str]]:
    """List what is wrong with the options of a question, as (option key or "", code)."""
    found = []
    if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
        found.append(("", "number_of_options"))
    keys = [option.key for option in options]
    found += [(key, "key_twice") for key in dict.fromkeys(keys) if keys.count(key) > 1]
    right = [option for option in options if option.right]
    if not right:
        found.append(("", "none_right"))
    elif len(right) == len(options):
        found.append(("", "all_right"))
    if kind is Kind.SINGLE and len(right) > 1:
        found.append(("", "more_than_one_right"))
    found += [(option.key, "no_text") for option in options if not option.text.strip()]
    found += [(option.key, "no_feedback") for option in options if not option.right and not option.feedback.strip()]
    return found


def draw(bank: Mapping[str, str], count: int, seed: str, *, shuffle: bool = True) -> list[str]:
    """Draw questions from a bank (question key → chapter key), spread over its chapters as evenly as they allow."""
    by_chapter: dict[str, list[str]] = {}
    for key in sorted(bank, key=lambda key: _place(seed, "draw", key)):
        by_chapter.setdefault(bank[key], []).append(key)
    # First of every chapter, then the second of every chapter, and so on; within a round the digest decides.
    rounds = {key: turn for keys in by_chapter.values() for turn, key in enumerate(keys)}
    drawn = sorted(bank, key=lambda key: (rounds[key], _place(seed, "round", key)))[:count]
    return sorted(drawn, key=lambda key: _place(seed, "order", key)) if shuffle else sorted(drawn)


def arrange(option_keys: Sequence[str], seed: str, question_key: str, *, shuffle: bool = True) -> list[str]:
    """Give the order in which the options of a question are served."""
    if not shuffle:
        return list(option_keys)
    return sorted(option_keys, key=lambda key: _place(seed, question_key, "order", key))


def opaque_id(seed: str, question_key: str, option_key: str) -> str:
    """Name an option for the browser: without the seed nobody can tell which option it is, here or elsewhere."""
    return _place(seed, question_key, "name", option_key)[:16]


def _place(*parts: str) -> str:
    # Lengths in front keep ("ab", "c") and ("a", "bc") apart.
    return sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).hexdigest()
