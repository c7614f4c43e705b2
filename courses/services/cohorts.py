"""A cohort opens with the demands of its course, and adopts new ones only when a person says so."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses import selectors
from courses.models import Cohort, Enrolment, RuleChange
from courses.progress import Demand, EvidenceKind, evaluate
from courses.services.errors import CourseError
from courses.services.evidence import complete_cohort


@transaction.atomic
def open_cohort(*, cohort: Cohort) -> Cohort:
    """Copy what the course asks today onto the cohort; once. Opening again changes nothing.

    Raises CourseError `nothing_asked` when the course has no requirements or one of them names nothing that exists.
    """
    locked = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    if locked.opened is None:
        locked.rule = selectors.rule_to_json(_demands(locked))
        locked.opened = timezone.now()
        locked.save(update_fields=["rule", "opened"])
    return locked


@dataclass(frozen=True)
class RulePreview:
    """What adopting the course's present demands would change, person by person."""

    before: list[dict]
    after: list[dict]
    gain: list[Enrolment]
    lose: list[Enrolment]


def rule_preview(*, cohort: Cohort) -> RulePreview:
    """Show who would be finished and who would no longer be, before anything is changed."""
    after = _demands(cohort)
    now, planned = timezone.now(), selectors.plan_of(cohort)
    gain, lose = [], []
    for standing in selectors.cohort_overview(cohort):
        then = evaluate(after, selectors.facts_of(standing.enrolment), planned, now).complete
        if then and not standing.progress.complete:
            gain.append(standing.enrolment)
        if standing.progress.complete and not then:
            lose.append(standing.enrolment)
    return RulePreview(before=cohort.rule, after=selectors.rule_to_json(after), gain=gain, lose=lose)


@transaction.atomic
def adopt_rule(*, cohort: Cohort, by: User, reason: str) -> RuleChange:
    """Let a running cohort follow what the course asks today; completions that stand keep standing."""
    if not reason.strip():
        raise CourseError("reason_needed", _("Write why the rule is changed."))
    locked = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    after = selectors.rule_to_json(_demands(locked))
    change = RuleChange.objects.create(cohort=locked, before=locked.rule, after=after, reason=reason.strip(), by=by)
    locked.rule = after
    locked.save(update_fields=["rule"])
    complete_cohort(cohort=locked)
    return change


def _demands(cohort: Cohort) -> list[Demand]:
    demands = selectors.demands_of_course(cohort.course)
    if not demands:
        raise CourseError("nothing_asked", _("The course has no requirements yet."))
    for demand in demands:
        if demand.kind is not EvidenceKind.ATTENDANCE and not demand.subjects:
            raise CourseError(
                "unknown_subject", _("Nothing was found for the requirement “%(about)s”.") % {"about": demand.key}
            )
    return demands
