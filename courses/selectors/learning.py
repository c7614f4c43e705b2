"""What a trainee's own pages show: where to go on, what is asked, and why it is not enough yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils import timezone

from accounts.models import User
from courses.models import CohortTrainer, Completion, Enrolment, Evidence
from courses.progress import Demand, EvidenceKind, Fact, Progress, Verdict, evaluate
from courses.selectors.standing import open_enrolments, plan_of, rule_from_json
from manual.models import ChapterPage


@dataclass(frozen=True)
class ChapterLine:
    """A chapter that is asked for, in the reader's language where it exists, with the day it was marked as read."""

    subject: str
    page: ChapterPage | None
    read: datetime | None


@dataclass(frozen=True)
class Ask:
    """One demand with what a page needs to explain it."""

    verdict: Verdict
    chapters: tuple[ChapterLine, ...] = ()

    @property
    def kind(self) -> str:
        return self.verdict.demand.kind.value

    @property
    def chapters_to_go(self) -> list[ChapterLine]:
        return [line for line in self.chapters if not line.read]


@dataclass(frozen=True)
class Learning:
    """One enrolment as its trainee sees it."""

    enrolment: Enrolment
    progress: Progress
    asks: tuple[Ask, ...]
    completion: Completion | None
    trainers: tuple[str, ...]
    today: date

    @property
    def next_chapter(self) -> ChapterPage | None:
        """The first chapter asked for that is not read yet, in the order of the rule."""
        to_go = (line.page for ask in self.asks for line in ask.chapters_to_go if line.page)
        return next(to_go, None)

    @property
    def to_go(self) -> int:
        return len(self.asks) - self.progress.met_count

    @property
    def days_left(self) -> int:
        return (self.enrolment.cohort.ends - self.today).days


def my_learning(user: User, language: str) -> list[Learning]:
    """Give every open enrolment of a person, newest first; the number of queries does not grow with the course."""
    trainers = Prefetch("cohort__trainers", CohortTrainer.objects.select_related("user"))
    enrolments = list(open_enrolments(user).prefetch_related(trainers, "cohort__planned_sessions"))
    return _learnings(enrolments, language)


def learning_of(enrolment: Enrolment, language: str) -> Learning:
    """Give one enrolment as its trainee sees it."""
    return _learnings([enrolment], language)[0]


def _learnings(enrolments: Sequence[Enrolment], language: str) -> list[Learning]:
    evidence: dict[int, list[Evidence]] = {enrolment.pk: [] for enrolment in enrolments}
    for row in Evidence.objects.filter(enrolment__in=enrolments).order_by("pk"):
        evidence[row.enrolment_id].append(row)
    completions = {
        row.enrolment_id: row for row in Completion.objects.filter(enrolment__in=enrolments, withdrawn__isnull=True)
    }
    rules = {enrolment.pk: rule_from_json(enrolment.cohort.rule) for enrolment in enrolments}
    chapters = chapter_pages(_chapters_asked(rules.values()), language)
    return [
        _learning(enrolment, rules[enrolment.pk], evidence[enrolment.pk], completions.get(enrolment.pk), chapters)
        for enrolment in enrolments
    ]


def _learning(
    enrolment: Enrolment,
    demands: Sequence[Demand],
    evidence: Sequence[Evidence],
    completion: Completion | None,
    chapters: dict[str, ChapterPage],
) -> Learning:
    facts = [Fact(EvidenceKind(row.kind), str(row.subject), row.amount) for row in evidence]
    now = timezone.now()
    progress = evaluate(demands, facts, plan_of(enrolment.cohort), now)
    read = {str(row.subject): row.when if row.amount else None for row in evidence if row.kind == EvidenceKind.READING}
    asks = tuple(Ask(verdict, chapter_lines(verdict.demand, chapters, read)) for verdict in progress.verdicts)
    trainers = tuple(str(row.user) for row in enrolment.cohort.trainers.all())
    return Learning(enrolment, progress, asks, completion, trainers, timezone.localdate(now))


def chapter_lines(
    demand: Demand, chapters: dict[str, ChapterPage], read: dict[str, datetime | None]
) -> tuple[ChapterLine, ...]:
    """Lay out the chapters of a reading demand in the order of the rule."""
    if demand.kind is not EvidenceKind.READING:
        return ()
    return tuple(ChapterLine(subject, chapters.get(subject), read.get(subject)) for subject in demand.subjects)


def chapter_pages(subjects: Iterable[str], language: str) -> dict[str, ChapterPage]:
    """Find chapters by translation key, in the reader's language where they exist, else in English: one query."""
    pages = (
        ChapterPage.objects.live()
        .filter(translation_key__in=set(subjects), locale__language_code__in={language, "en"})
        .select_related("locale")
        .defer("body")
    )
    found: dict[str, ChapterPage] = {}
    for page in sorted(pages, key=lambda page: page.locale.language_code == language):
        found[str(page.translation_key)] = page
    return found


def _chapters_asked(rules: Iterable[Sequence[Demand]]) -> set[str]:
    return {
        subject
        for rule in rules
        for demand in rule
        if demand.kind is EvidenceKind.READING
        for subject in demand.subjects
    }
