"""What question files say: what decides once, what is read once for each language."""

from dataclasses import dataclass, field

from quizzes.questions import GradeRule, Kind, Option, Use


@dataclass(frozen=True)
class Face:
    """A quiz in one language."""

    title: str
    intro: str = ""


@dataclass(frozen=True)
class BankQuiz:
    """What a quiz asks, and its faces by language."""

    key: str
    draw: int
    threshold: int
    picks: str = ""
    pause_hours: int = 0
    max_attempts: int | None = None
    time_limit: int | None = None
    shuffle: bool = True
    rule: GradeRule = GradeRule.BEST
    faces: dict[str, Face] = field(default_factory=dict)


@dataclass(frozen=True)
class Wording:
    """A question in one language; its options carry what is right, whatever the language."""

    prompt: str
    options: tuple[Option, ...]
    feedback: str = ""


@dataclass(frozen=True)
class BankQuestion:
    """A question: what decides, and its wordings by language."""

    key: str
    use: Use
    kind: Kind
    chapter: str
    anchor: str
    tags: tuple[str, ...] = ()
    wordings: dict[str, Wording] = field(default_factory=dict)


@dataclass(frozen=True)
class Bank:
    """The quiz of a module and its questions, in the order of the source file."""

    quiz: BankQuiz
    questions: tuple[BankQuestion, ...]

    def untranslated(self, language: str) -> list[str]:
        """Name the questions that a language does not have yet."""
        return [question.key for question in self.questions if language not in question.wordings]
