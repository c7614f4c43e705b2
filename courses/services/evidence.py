"""The one corridor to completion: facts come in here, and a completion comes out when they are enough."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses import selectors, signals
from courses.models import Cohort, Completion, Enrolment, Evidence, PlannedSession
from courses.progress import EvidenceKind, evaluate
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
    locked = _lock(enrolment)
    evidence = Evidence.objects.create(
        enrolment=locked,
        kind=EvidenceKind(kind).value,
        subject=subject,
        amount=Decimal(amount),
        recorded_by=recorded_by,
        when=when or timezone.now(),
        note=note,
    )
    complete_if_enough(locked)
    return evidence


@transaction.atomic
def mark_chapter_read(*, enrolment: Enrolment, chapter: ChapterPage, by: User, read: bool = True) -> Evidence | None:
    """Note that the trainee has read a chapter, or takes it back; saying the same twice adds nothing.

    Raises CourseError `not_asked` when the cohort does not ask for the chapter.
    """
    locked = _lock(enrolment)
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
    locked = _lock(enrolment)
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
    complete_if_enough(locked)
    return row


@transaction.atomic
def withdraw_completion(*, completion: Completion, by: User, reason: str) -> Completion:
    """Withdraw a completion; a person does it and says why, never a cascade."""
    if not reason.strip():
        raise CourseError("reason_needed", _("Write why the completion is withdrawn."))
    _lock(completion.enrolment)
    locked = Completion.objects.select_for_update().get(pk=completion.pk)
    if locked.withdrawn is None:
        locked.withdrawn, locked.withdrawn_by, locked.withdrawn_reason = timezone.now(), by, reason.strip()
        locked.save(update_fields=["withdrawn", "withdrawn_by", "withdrawn_reason"])
    return locked


def _lock(enrolment: Enrolment) -> Enrolment:
    """Hold the enrolment so that facts about it are recorded one after the other."""
    return Enrolment.objects.select_for_update(of=("self",)).select_related("cohort", "user").get(pk=enrolment.pk)


def complete_cohort(*, cohort: Cohort) -> list[Completion]:
    """Complete every enrolment of a cohort whose evidence is enough under the rule as it stands."""
    enrolments = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("cohort")
        .filter(cohort=cohort, left__isnull=True)
    )
    return [done for enrolment in enrolments.order_by("pk") if (done := complete_if_enough(enrolment))]


def complete_if_enough(enrolment: Enrolment) -> Completion | None:
    """Write the completion of a locked enrolment if its evidence is enough and none stands yet."""
    if Completion.objects.filter(enrolment=enrolment, withdrawn__isnull=True).exists():
        return None
    rule = enrolment.cohort.rule
    facts, now = selectors.facts_of(enrolment), timezone.now()
    if not evaluate(selectors.rule_from_json(rule), facts, selectors.plan_of(enrolment.cohort), now).complete:
        return None
    seen = [{"kind": str(fact.kind), "subject": fact.subject, "amount": str(fact.amount)} for fact in facts]
    try:
        with transaction.atomic():
            completion = Completion.objects.create(enrolment=enrolment, completed=now, rule=rule, facts=seen)
    except IntegrityError:  # somebody was faster; theirs stands
        return None

    def announce() -> None:
        signals.course_completed.send(sender=Completion, completion=completion)

    # Robust: a broken printer must never undo a completion. `issue_certificates` is the net below.
    transaction.on_commit(announce, robust=True)
    return completion
