"""What a course asks, its dated runs, the people in them, and the ledger of what they did."""

import uuid
import zoneinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from accounts.ledger import LedgerModel
from courses.progress import EvidenceKind
from pages.models import BasePage

KEY = RegexValidator(r"^[a-z0-9][a-z0-9-]{1,59}$", _("Small letters, digits and hyphens."))

EVIDENCE_KINDS = {
    EvidenceKind.READING.value: _("Chapters read"),
    EvidenceKind.QUIZ.value: _("Quizzes passed"),
    EvidenceKind.ATTENDANCE.value: _("Hours attended"),
}


def validate_time_zone(name: str) -> None:
    """Accept the IANA names only: an abbreviation does not say what happens in summer."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("Choose a time zone such as Europe/Oslo."), code="unknown_time_zone")


class Project(models.Model):
    """The funded project a cohort belongs to; its line is printed where the funder asks for it."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    number = models.CharField(_("project number"), max_length=60, blank=True)
    funder_line = models.TextField(
        _("funder line"), blank=True, help_text=_("The sentence the funder's manual asks for.")
    )
    starts = models.DateField(_("starts"), null=True, blank=True)
    ends = models.DateField(_("ends"), null=True, blank=True)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Course(ClusterableModel):
    """What is asked of a trainee. It decides and so has no language; its page is the translated face."""

    key = models.CharField(_("key"), max_length=60, unique=True, validators=[KEY])
    title_en = models.CharField(_("title in English"), max_length=200)
    title_ro = models.CharField(_("title in Romanian"), max_length=200)
    title_nb = models.CharField(_("title in Norwegian"), max_length=200)
    academic_hour = models.PositiveSmallIntegerField(
        _("minutes of an academic hour"),
        default=60,
        validators=[MinValueValidator(40), MaxValueValidator(60)],
        help_text=_("45 or 60; hours are counted in minutes and printed in both."),
    )
    form_of_training = models.CharField(
        _("form"),
        max_length=20,
        default="blended",
        choices={
            "online": _("online"),
            "face-to-face": _("face to face"),
            "study-visit": _("study visit"),
            "blended": _("blended: online and in person"),
        },
    )
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title_en

    def title(self, language: str) -> str:
        return getattr(self, f"title_{language}", "") or self.title_en


class Requirement(models.Model):
    """One thing a course asks: policy, never evidence.

    What it is about is named by the keys of modules or quizzes, so that no page and no translation owns it.
    """

    course = ParentalKey(Course, on_delete=models.CASCADE, related_name="requirements", verbose_name=_("course"))
    kind = models.CharField(_("kind"), max_length=20, choices=EVIDENCE_KINDS)
    about = models.CharField(
        _("about"),
        max_length=400,
        blank=True,
        help_text=_(
            "Keys of modules or quizzes, separated by spaces; empty for attendance, which counts every planned session."
        ),
    )
    threshold = models.PositiveSmallIntegerField(
        _("threshold in percent"),
        validators=[MaxValueValidator(100)],
        help_text=_(
            "Of the chapters, of the points in each quiz, or of the planned hours. 0 for a quiz: taking it is enough."
        ),
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.about} {self.threshold}%"

    def clean(self) -> None:
        if self.threshold == 0 and self.kind != EvidenceKind.QUIZ.value:
            raise ValidationError({"threshold": _("Ask for at least 1%; only a quiz can be enough by being taken.")})

    @property
    def keys(self) -> list[str]:
        return self.about.split()


class CourseIndexPage(BasePage):
    """The list of courses in one language."""

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["courses.CoursePage"]
    max_count_per_parent = 1
    page_description = _("The list of courses.")
    content_panels = [*Page.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("list of courses")


class CoursePage(BasePage):
    """A course as it is presented in one language."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="course_pages", verbose_name=_("course"))
    body = RichTextField(_("text"), features=["h2", "bold", "italic", "link", "ol", "ul"], blank=True)

    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types: list[str] = []
    page_description = _("A course: for whom, what it asks, what it leads to.")
    content_panels = [*Page.content_panels, FieldPanel("course"), FieldPanel("summary"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("course page")
        verbose_name_plural = _("course pages")


class Cohort(ClusterableModel):
    """A dated run of a course with its trainers; it keeps the demands as they stood when it opened."""

    key = models.CharField(_("key"), max_length=60, unique=True, validators=[KEY])
    title = models.CharField(_("title"), max_length=120, help_text=_("For example: Iași, autumn 2026."))
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="cohorts", verbose_name=_("course"))
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="cohorts", verbose_name=_("project")
    )
    edition = models.ForeignKey(
        "manual.Edition",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cohorts",
        verbose_name=_("edition"),
    )
    language = models.CharField(_("language of documents"), max_length=5, choices=settings.LANGUAGES, default="ro")
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Bucharest", validators=[validate_time_zone]
    )
    starts = models.DateField(_("starts"))
    ends = models.DateField(_("ends"))
    rule = models.JSONField(
        _("rule"), default=list, editable=False, help_text=_("The demands as they stood when the cohort opened.")
    )
    opened = models.DateTimeField(_("opened"), null=True, editable=False)

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["-starts", "key"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="courses_cohort_ends_after_start")
        ]

    def __str__(self) -> str:
        return self.title


class CohortTrainer(models.Model):
    """Who may run a cohort, from when until when; asked on every request."""

    cohort = ParentalKey(Cohort, on_delete=models.PROTECT, related_name="trainers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="trains", verbose_name=_("trainer")
    )
    title = models.CharField(_("title as printed"), max_length=120, blank=True)
    starts = models.DateField(_("from"), null=True, blank=True)
    ends = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("trainer of a cohort")
        verbose_name_plural = _("trainers of a cohort")
        constraints = [models.UniqueConstraint(fields=["cohort", "user"], name="courses_trainer_once")]

    def __str__(self) -> str:
        return str(self.user)


class PlannedSession(models.Model):
    """A training session that counts for a cohort, as attendance has told it; 0 minutes when cancelled."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="planned_sessions")
    key = models.UUIDField()
    minutes = models.PositiveIntegerField()
    ends = models.DateTimeField()

    class Meta:
        ordering = ["ends", "pk"]
        constraints = [models.UniqueConstraint(fields=["cohort", "key"], name="courses_planned_session_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.minutes} min"


class Enrolment(models.Model):
    """One trainee in one cohort."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrolments", verbose_name=_("cohort"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments", verbose_name=_("trainee")
    )
    language = models.CharField(_("language of documents"), max_length=5, choices=settings.LANGUAGES)
    enrolled = models.DateTimeField(_("enrolled"), auto_now_add=True)
    enrolled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    left = models.DateTimeField(_("left"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["-enrolled"]
        constraints = [models.UniqueConstraint(fields=["cohort", "user"], name="courses_enrolment_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.cohort}"


class Evidence(LedgerModel):
    """A fact about a trainee: written once; the highest id per kind and subject counts."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=20, choices=EVIDENCE_KINDS)
    subject = models.UUIDField()
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    recorded = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    when = models.DateTimeField(help_text=_("When it happened; the order of rows never depends on it."))
    note = models.CharField(max_length=300, blank=True)
    recognised_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        indexes = [models.Index(fields=["enrolment", "kind", "subject"], name="courses_evidence_lookup")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.amount}"


class Completion(models.Model):
    """The moment it was enough, with the rule and the facts exactly as they were seen."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="completions")
    completed = models.DateTimeField()
    rule = models.JSONField()
    facts = models.JSONField()
    withdrawn = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        ordering = ["-completed"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(withdrawn__isnull=True), name="courses_completion_standing_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.completed:%Y-%m-%d}"


class RuleChange(LedgerModel):
    """A change of a running cohort's rule: what it was, what it became, who decided and why."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="rule_changes")
    before = models.JSONField()
    after = models.JSONField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.cohort} {self.changed:%Y-%m-%d}"
