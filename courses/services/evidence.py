"""The one corridor to completion: facts come in here, and a completion comes out when they are enough."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses import selectors, signals
from courses.models import Cohort, Completion, Enrolment, Evidence, PlannedSession
from courses.progress import Demand, EvidenceKind, Fact, evaluate, fewest_subjects
from courses.services.errors import CourseError
from manual.models import ChapterPage


@transaction.atomic
def record_evidence(
    *,
    enrolment: Enrolment,
    kind: EvidenceKind,
    subject: UUID,
    amount: Decimal | int,
    recorded_by: User,
    when: datetime | None = None,
    note: str = "",
) -> Evidence:
    """Note a fact about a trainee; complete the enrolment if it was the last one missing."""
    amounts = {enrolment.pk: amount}
    return record_many(kind=kind, subject=subject, amounts=amounts, recorded_by=recorded_by, when=when, note=note)[0]


@transaction.atomic(savepoint=False)
def record_many(
    *,
    kind: EvidenceKind,
    subject: UUID,
    amounts: Mapping[int, Decimal | int],
    recorded_by: User,
    when: datetime | None = None,
    note: str = "",
) -> list[Evidence]:
    """Note one fact about many trainees, by the ids of their enrolments; complete those who missed nothing else.

    A register of fifty costs as many queries as a register of one.
    """
    enrolments = _lock(*amounts)
    evidence = Evidence.objects.bulk_create(
        Evidence(
            enrolment=enrolment,
            kind=EvidenceKind(kind).value,
            subject=subject,
            amount=Decimal(amounts[enrolment.pk]),
            recorded_by=recorded_by,
            when=when or timezone.now(),
            note=note,
        )
        for enrolment in enrolments
    )
    complete_those_with_enough(enrolments)
    return evidence


@transaction.atomic
def mark_chapter_read(*, enrolment: Enrolment, chapter: ChapterPage, by: User, read: bool = True) -> Evidence | None:
    """Note that the trainee has read a chapter, or takes it back; saying the same twice adds nothing.

    Raises CourseError `not_asked` when the cohort does not ask for the chapter.
    """
    (locked,) = _lock(enrolment.pk)
    subject = chapter.translation_key
    asked = {
        subject for row in locked.cohort.rule if row["kind"] == EvidenceKind.READING for subject in row["subjects"]
    }
    if str(subject) not in asked:
        raise CourseError("not_asked", _("Your course does not ask for this chapter."))
    latest = (
        Evidence.objects.filter(enrolment=locked, kind=EvidenceKind.READING.value, subject=subject)
        .order_by("pk")
        .last()
    )
    if bool(latest and latest.amount) == read:
        return None
    return record_evidence(
        enrolment=locked, kind=EvidenceKind.READING, subject=subject, amount=int(read), recorded_by=by
    )


@transaction.atomic
def plan_minutes(*, cohort: Cohort, key: UUID, minutes: int, ends: datetime) -> PlannedSession:
    """Hear from attendance what a training session counts for a cohort; 0 minutes when it is cancelled."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    before = PlannedSession.objects.filter(cohort=cohort, key=key).values_list("minutes", flat=True).first()
    planned, _created = PlannedSession.objects.update_or_create(
        cohort=cohort, key=key, defaults={"minutes": minutes, "ends": ends}
    )
    if before is not None and minutes < before:
        # Less is asked now: it may be enough for some.
        complete_cohort(cohort=cohort)
    return planned


@transaction.atomic
def recognise_evidence(*, evidence: Evidence, enrolment: Enrolment, by: User, note: str) -> Evidence:
    """Let a fact from an earlier enrolment of the same person count in this one; a coordinator decides and says why."""
    if evidence.enrolment.user_id != enrolment.user_id:
        raise CourseError("other_person", _("Evidence is recognised for the same person only."))
    if not note.strip():
        raise CourseError("reason_needed", _("Write why it is recognised."))
    (locked,) = _lock(enrolment.pk)
    row = Evidence.objects.create(
        enrolment=locked,
        kind=evidence.kind,
        subject=evidence.subject,
        amount=evidence.amount,
        recorded_by=by,
        when=evidence.when,
        note=note,
        recognised_from=evidence,
    )
    complete_those_with_enough([locked])
    return row


@transaction.atomic
def withdraw_completion(*, completion: Completion, by: User, reason: str) -> Completion:
    """Withdraw a completion; a person does it and says why, never a cascade."""
    if not reason.strip():
        raise CourseError("reason_needed", _("Write why the completion is withdrawn."))
    _lock(completion.enrolment_id)
    locked = Completion.objects.select_for_update().get(pk=completion.pk)
    if locked.withdrawn is None:
        locked.withdrawn, locked.withdrawn_by, locked.withdrawn_reason = timezone.now(), by, reason.strip()
        locked.save(update_fields=["withdrawn", "withdrawn_by", "withdrawn_reason"])
    return locked


def _lock(*ids: int) -> list[Enrolment]:
    """Hold enrolments so that facts about each are recorded one after the other; always in the same order."""
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("cohort")
    return list(rows.filter(pk__in=ids).order_by("pk"))


def complete_cohort(*, cohort: Cohort) -> list[Completion]:
    """Complete every enrolment of a cohort whose evidence is enough under the rule as it stands."""
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("cohort")
    return complete_those_with_enough(list(rows.filter(cohort=cohort, left__isnull=True).order_by("pk")))


def complete_those_with_enough(enrolments: Sequence[Enrolment]) -> list[Completion]:
    """Write the completions of locked enrolments whose evidence is enough and for which none stands yet.

    Most facts arrive in the middle of a course: plans and completions are only read for those who could be done.
    """
    if len(enrolments) > 1:  # to count the facts of a whole register is cheaper than to read them
        counts = selectors.subjects_evidenced(enrolments)
        enrolments = [enrolment for enrolment in enrolments if _could_be_done(enrolment, counts[enrolment.pk])]
    facts, now = selectors.facts_by_enrolment(enrolments), timezone.now()
    could = [enrolment for enrolment in enrolments if _enough_but_for_hours(enrolment, facts[enrolment.pk])]
    prefetch_related_objects([enrolment.cohort for enrolment in could], "planned_sessions")
    done = [
        enrolment
        for enrolment in could
        if evaluate(_demands(enrolment), facts[enrolment.pk], selectors.plan_of(enrolment.cohort), now).complete
    ]
    standing = Completion.objects.filter(enrolment__in=done, withdrawn__isnull=True) if done else []
    finished = {completion.enrolment_id for completion in standing}
    written = [_complete(row, facts[row.pk], now) for row in done if row.pk not in finished]
    return [completion for completion in written if completion]


def _demands(enrolment: Enrolment) -> list[Demand]:
    return selectors.rule_from_json(enrolment.cohort.rule)


def _could_be_done(enrolment: Enrolment, counts: Mapping[EvidenceKind, int]) -> bool:
    return all(counts.get(demand.kind, 0) >= fewest_subjects(demand) for demand in _demands(enrolment))


def _enough_but_for_hours(enrolment: Enrolment, facts: Sequence[Fact]) -> bool:
    others = [demand for demand in _demands(enrolment) if demand.kind is not EvidenceKind.ATTENDANCE]
    return all(verdict.met for verdict in evaluate(others, facts).verdicts)


def _complete(enrolment: Enrolment, facts: Sequence[Fact], now: datetime) -> Completion | None:
    seen = [{"kind": str(fact.kind), "subject": fact.subject, "amount": str(fact.amount)} for fact in facts]
    try:
        with transaction.atomic():
            completion = Completion.objects.create(
                enrolment=enrolment, completed=now, rule=enrolment.cohort.rule, facts=seen
            )
    except IntegrityError:  # somebody was faster; theirs stands
        return None

    def announce() -> None:
        signals.course_completed.send(sender=Completion, completion=completion)

    # Robust: a broken printer must never undo a completion. `issue_certificates` is the net below.
    transaction.on_commit(announce, robust=True)
    return completion
