"""Reads that join courses, people and evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from wagtail.models import Page

from accounts.models import User
from accounts.selectors import joined, parted, spaced
from courses.models import Cohort, CohortTrainer, Completion, Course, Enrolment, Evidence
from courses.progress import Demand, EvidenceKind, Fact, Planned, Progress, evaluate
from manual.models import ChapterPage, ModulePage
from manual.text import translation_key


def demands_of_course(course: Course) -> list[Demand]:
    """Spell out what a course asks today: chapters are listed one by one, so that a rule can be frozen."""
    return [
        Demand(
            kind=EvidenceKind(requirement.kind),
            threshold=requirement.threshold,
            subjects=tuple(_subjects(EvidenceKind(requirement.kind), requirement.keys)),
            key=requirement.about,
        )
        for requirement in course.requirements.all()
    ]


def _subjects(kind: EvidenceKind, keys: Sequence[str]) -> list[str]:
    if kind is EvidenceKind.READING:
        return [str(key) for key in chapter_keys(keys)]
    if kind is EvidenceKind.QUIZ:
        return [str(translation_key(key)) for key in keys]
    return []


def chapter_keys(module_keys: Sequence[str]) -> list[UUID]:
    """List the chapters of modules by translation key, in reading order, whatever language they exist in."""
    modules = ModulePage.objects.live().filter(key__in=module_keys).order_by("number", "locale__language_code")
    found: dict[UUID, None] = {}
    for module in modules:
        for key in (
            ChapterPage.objects.live().child_of(module).order_by("path").values_list("translation_key", flat=True)
        ):
            found.setdefault(key)
    return list(found)


def rule_to_json(demands: Sequence[Demand]) -> list[dict]:
    """Write demands as they are frozen on a cohort and on a completion."""
    return [
        {"kind": str(demand.kind), "threshold": demand.threshold, "subjects": list(demand.subjects), "key": demand.key}
        for demand in demands
    ]


def rule_from_json(rule: Sequence[dict]) -> list[Demand]:
    """Read demands back."""
    return [
        Demand(EvidenceKind(row["kind"]), row["threshold"], tuple(row["subjects"]), row.get("key", "")) for row in rule
    ]


def facts_of(enrolment: Enrolment) -> list[Fact]:
    """Give the evidence of an enrolment in the order it was recorded."""
    rows = Evidence.objects.filter(enrolment=enrolment).order_by("pk").values_list("kind", "subject", "amount")
    return [Fact(EvidenceKind(kind), str(subject), amount) for kind, subject, amount in rows]


def facts_by_enrolment(enrolments: Sequence[Enrolment]) -> dict[int, list[Fact]]:
    """Give the evidence that counts of many enrolments by their ids: one query, however often it was corrected."""
    facts: dict[int, list[Fact]] = {enrolment.pk: [] for enrolment in enrolments}
    latest = Evidence.objects.filter(enrolment__in=facts).order_by().values("enrolment", "kind", "subject")
    rows = (
        Evidence.objects.filter(pk__in=latest.annotate(latest=Max("pk")).values("latest"))
        .order_by("pk")
        .values_list("enrolment_id", "kind", "subject", "amount")
    )
    for enrolment_id, kind, subject, amount in rows:
        facts[enrolment_id].append(Fact(EvidenceKind(kind), str(subject), amount))
    return facts


def subjects_evidenced(enrolments: Sequence[Enrolment]) -> dict[int, dict[EvidenceKind, int]]:
    """Count by enrolment and kind what there is any evidence of: one query, answered by an index alone."""
    counts: dict[int, dict[EvidenceKind, int]] = {enrolment.pk: {} for enrolment in enrolments}
    rows = Evidence.objects.filter(enrolment__in=counts).order_by().values_list("enrolment_id", "kind")
    for enrolment_id, kind, subjects in rows.annotate(subjects=Count("subject", distinct=True)):
        counts[enrolment_id][EvidenceKind(kind)] = subjects
    return counts


def plan_of(cohort: Cohort) -> list[Planned]:
    """Give the training sessions that count for a cohort; reads what is prefetched."""
    return [Planned(str(row.key), row.minutes, row.ends) for row in cohort.planned_sessions.all()]


def progress_of(enrolment: Enrolment, now: datetime | None = None) -> Progress:
    """Judge an enrolment by its cohort's rule: three queries, whatever the course's size."""
    cohort = enrolment.cohort
    return evaluate(rule_from_json(cohort.rule), facts_of(enrolment), plan_of(cohort), now or timezone.now())


def places_with_reading(user: User) -> list[Enrolment]:
    """Give all places of a person, newest first, with what is read in them for `read_chapters`: one query."""
    return list(_with_reading().filter(user=user))


@cache
def _with_reading() -> QuerySet[Enrolment]:
    """Put the question together once; every page of the manual asks it."""
    rows = Evidence.objects.filter(enrolment=OuterRef("pk"), kind=EvidenceKind.READING.value)
    places = Enrolment.objects.select_related("cohort").order_by("-cohort__starts", "-pk")
    return places.annotate(reading=joined(rows, spaced("pk", "subject", "amount")))


def open_enrolments(user: User) -> QuerySet[Enrolment]:
    """Give a person's places in cohorts they have not left, newest first."""
    return (
        Enrolment.objects.filter(user=user, left__isnull=True)
        .select_related("cohort__course", "user")
        .order_by("-cohort__starts", "-pk")
    )


def enrolments_asking_for(user: User, chapter_key: UUID) -> list[Enrolment]:
    """Find the open enrolments whose rule asks for a chapter."""
    return [enrolment for enrolment in open_enrolments(user) if asks_for(enrolment, chapter_key)]


def asks_for(enrolment: Enrolment, chapter_key: UUID) -> bool:
    """Whether the rule of an enrolment's cohort asks for a chapter."""
    reading = (row for row in enrolment.cohort.rule if row["kind"] == EvidenceKind.READING)
    return any(str(chapter_key) in row["subjects"] for row in reading)


def cohorts_asking_below(page: Page) -> list[Cohort]:
    """Find the opened cohorts whose rule asks for a page or for a chapter below it."""
    below = {str(key) for key in page.get_descendants(inclusive=True).values_list("translation_key", flat=True)}
    opened = Cohort.objects.filter(opened__isnull=False)
    return [cohort for cohort in opened if any(below.intersection(row["subjects"]) for row in cohort.rule)]


def read_chapters(places: Iterable[Enrolment]) -> set[UUID]:
    """Give the translation keys of all chapters that are marked as read in any of a person's places."""
    read: set[UUID] = set()
    for place in places:
        rows = sorted((int(pk), subject, amount) for pk, subject, amount in map(str.split, parted(place.reading)))
        latest = {subject: amount for _pk, subject, amount in rows}
        read |= {UUID(subject) for subject, amount in latest.items() if float(amount)}
    return read


def standing_completion(enrolment: Enrolment) -> Completion | None:
    """Give the completion that stands, if any."""
    return Completion.objects.filter(enrolment=enrolment, withdrawn__isnull=True).first()


def cohorts_run_by(user: User, *, everything: bool) -> QuerySet[Cohort]:
    """Give the cohorts a trainer runs today, or all of them to a coordinator."""
    cohorts = Cohort.objects.select_related("course").order_by("-starts", "key")
    if everything:
        return cohorts
    return cohorts.filter(Exists(trainer_rows(user).filter(cohort=OuterRef("pk"))))


def trainer_rows(user: User) -> QuerySet:
    """Give the rows that make a person a trainer today."""
    today = timezone.localdate()
    rows = CohortTrainer.objects.filter(user=user)
    return rows.exclude(starts__gt=today).exclude(ends__lt=today)


@dataclass(frozen=True)
class Standing:
    """One trainee of a cohort as the trainer sees them."""

    enrolment: Enrolment
    progress: Progress
    completion: Completion | None


def cohort_overview(cohort: Cohort) -> list[Standing]:
    """Judge everybody in a cohort: four queries, whatever the size of the cohort."""
    enrolments = list(
        Enrolment.objects.filter(cohort=cohort, left__isnull=True).select_related("user").order_by("user__name", "pk")
    )
    facts = facts_by_enrolment(enrolments)
    completions = {
        completion.enrolment_id: completion
        for completion in Completion.objects.filter(enrolment__in=enrolments, withdrawn__isnull=True)
    }
    demands, planned, now = rule_from_json(cohort.rule), plan_of(cohort), timezone.now()
    return [
        Standing(enrolment, evaluate(demands, facts[enrolment.pk], planned, now), completions.get(enrolment.pk))
        for enrolment in enrolments
    ]


def contested_completions(cohort: Cohort) -> list[Standing]:
    """Give the completions whose evidence has since fallen below the rule; a person decides about each."""
    return [row for row in cohort_overview(cohort) if row.completion and not row.progress.complete]
