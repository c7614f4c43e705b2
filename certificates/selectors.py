"""Reads that join certificates, completions and what they attest."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet

from wagtail.models import Site

from accounts.models import User
from attendance.models import StudyVisit
from certificates.codes import read_token
from certificates.models import Certificate
from courses.models import Cohort, CohortTrainer, Completion, Enrolment
from courses.progress import Demand, EvidenceKind, Progress, Verdict, evaluate
from courses.selectors import facts_of, plan_of
from manual.models import ModulePage
from pages.models import SiteSettings


def find_by_token(typed: str) -> Certificate | None:
    """Find the certificate a code was printed on, however it was typed."""
    token = read_token(typed)
    return _with_course().filter(token=token).first() if token else None


def find_by_hash(sha256: str) -> Certificate | None:
    """Find the certificate whose stored document has this hash; one changed byte finds nothing."""
    return _with_course().filter(sha256=sha256).first() if sha256 else None


def newer_copy(certificate: Certificate) -> Certificate | None:
    """Give the copy that stands at the end of a row of replacements."""
    newest = None
    while following := Certificate.objects.filter(replaces=newest or certificate).first():
        newest = following
    return newest


def certificates_of(user: User) -> QuerySet[Certificate]:
    """Give a person's certificates, newest first."""
    return _with_course().filter(enrolment__user=user)


def certificates_of_cohort(cohort: Cohort) -> QuerySet[Certificate]:
    """Give the certificates of a cohort; `earned` says whether the completion behind each still stands."""
    standing = Completion.objects.filter(uuid=OuterRef("subject"), withdrawn__isnull=True)
    rows = Certificate.objects.filter(enrolment__cohort=cohort).select_related("replaced_by")
    return rows.annotate(earned=Exists(standing)).order_by("recipient", "-pk")


def awaiting(cohort: Cohort | None = None) -> QuerySet[Completion]:
    """Give the completions that have brought no certificate yet; a revoked one is not made again by itself."""
    issued = Certificate.objects.filter(kind="completion", subject=OuterRef("uuid"))
    rows = Completion.objects.filter(~Exists(issued), withdrawn__isnull=True).order_by("completed", "pk")
    return rows.filter(enrolment__cohort=cohort) if cohort else rows


def without_document(cohort: Cohort | None = None) -> QuerySet[Certificate]:
    """Give the standing certificates whose document has not been made yet."""
    rows = Certificate.objects.standing().filter(document="")
    return rows.filter(enrolment__cohort=cohort) if cohort else rows


def hours_of(enrolment: Enrolment) -> Verdict:
    """Count the minutes attended of those planned, whether or not the cohort asks for them."""
    everything = Demand(EvidenceKind.ATTENDANCE, threshold=100)
    return evaluate([everything], facts_of(enrolment), plan_of(enrolment.cohort)).verdicts[0]


def module_titles(progress: Progress, language: str) -> list[str]:
    """Name the modules that had to be read, in a language, in English where it is missing."""
    demands = (verdict.demand for verdict in progress.verdicts)
    keys = [key for demand in demands if demand.kind is EvidenceKind.READING for key in demand.key.split()]
    pages = ModulePage.objects.filter(key__in=keys, locale__language_code__in={language, "en"})
    found = pages.order_by("number").values_list("key", "title", "locale__language_code")
    titles: dict[str, str] = {}
    for key, title, code in found:
        if code == language or key not in titles:
            titles[key] = title
    return list(titles.values())


def places_attended(keys: Sequence[str]) -> str:
    """Name the places of the study visits somebody was at; a restricted place is never named."""
    visits = StudyVisit.objects.filter(sessions__key__in=keys, place_restricted=False).exclude(place="")
    places = dict.fromkeys(visits.order_by("starts", "pk").values_list("place", flat=True))
    return " · ".join(places)


def trainer_lines(cohort: Cohort) -> list[dict[str, str]]:
    """Name the trainers of a cohort with their titles."""
    rows = CohortTrainer.objects.filter(cohort=cohort).select_related("user").order_by("pk")
    return [{"name": row.user.name, "title": row.title} for row in rows]


def provider() -> SiteSettings:
    """Say who runs the site."""
    site = Site.objects.filter(is_default_site=True).first()
    found = SiteSettings.objects.filter(site=site).first() if site else None
    return found or SiteSettings()


def _with_course() -> QuerySet[Certificate]:
    return Certificate.objects.select_related("enrolment__cohort")
