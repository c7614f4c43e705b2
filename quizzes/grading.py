"""The marking of an attempt: exact fractions inside, a percentage with two places outside."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

from quizzes.questions import GradeRule, Kind, score


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a paper: its place, its kind, and the ids of its right options."""

    position: int
    kind: Kind
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one answer earned, of 1 point."""

    position: int
    score: Fraction
    answered: bool

    @property
    def right(self) -> bool:
        return self.score == 1


@dataclass(frozen=True, slots=True)
class Result:
    """What the whole attempt earned."""

    verdicts: tuple[Verdict, ...]

    @property
    def points(self) -> Fraction:
        return sum((verdict.score for verdict in self.verdicts), Fraction(0))

    @property
    def out_of(self) -> int:
        return len(self.verdicts)

    @property
    def percent(self) -> Decimal:
        return percent_of(self.points, self.out_of)


def grade(paper: Sequence[Asked], answers: Mapping[int, Collection[str]]) -> Result:
    """Mark a paper; a question without an answer earns nothing."""
    return Result(
        tuple(
            Verdict(
                asked.position,
                score(asked.kind, asked.right, answers.get(asked.position, ())),
                answered=bool(answers.get(asked.position)),
            )
            for asked in paper
        )
    )


def percent_of(points: Fraction, out_of: int) -> Decimal:
    """Write points as a percentage, cut off after two places.

    Cutting off, never rounding up, keeps every comparison with a threshold in whole percent exactly as the
    fractions have it: 2 of 3 is 66.66, and 69.999 never becomes 70.
    """
    if not out_of:
        return Decimal("0.00")
    hundredths = (points * 10_000) // out_of
    return (Decimal(int(hundredths)) / 100).quantize(Decimal("0.01"), rounding=ROUND_FLOOR)


def counted(rule: GradeRule, percents: Iterable[Decimal]) -> Decimal:
    """Choose what counts among the grades of several attempts, given in the order of the attempts."""
    grades = list(percents)
    return max(grades) if rule is GradeRule.BEST else grades[-1]
