"""Completions and certificates, made through the doors."""

import datetime as dt
import uuid

from certificates import services
from certificates.models import Certificate
from courses import services as courses
from courses.models import Completion, Enrolment
from courses.progress import EvidenceKind
from courses.selectors import standing_completion

SESSION = uuid.UUID(int=7)


def complete(enrolment: Enrolment, *, minutes: int = 180, by=None) -> Completion:
    """Do everything the cohort asks, with half a day of attendance."""
    by = by or enrolment.user
    cohort = enrolment.cohort
    ends = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
    courses.plan_minutes(cohort=cohort, key=SESSION, minutes=180, ends=ends)
    for row in enrolment.cohort.rule:
        for subject in row["subjects"]:
            amount = row["threshold"] if row["kind"] == EvidenceKind.QUIZ else 1
            courses.record_evidence(
                enrolment=enrolment, kind=row["kind"], subject=uuid.UUID(subject), amount=amount, recorded_by=by
            )
    courses.record_evidence(
        enrolment=enrolment, kind=EvidenceKind.ATTENDANCE, subject=SESSION, amount=minutes, recorded_by=by
    )
    return standing_completion(enrolment)


def certificate_of(enrolment: Enrolment) -> Certificate:
    """Complete an enrolment and issue its certificate."""
    completion = standing_completion(enrolment) or complete(enrolment)
    return services.issue_certificate(kind="completion", subject=completion.uuid)
