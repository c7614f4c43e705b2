"""What is planned: study visits with their agenda, and the half-days that are counted."""

import uuid
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from attendance import clock
from courses.models import KEY, Cohort, validate_time_zone

LONGEST_SESSION = 8 * 60


class Whereabouts(models.Model):
    """Where something happens. Of a restricted place only the meeting point is ever shown, to nobody the place."""

    place = models.CharField(
        _("place"),
        max_length=200,
        blank=True,
        help_text=_("Town and institution. Never write down the address of a shelter."),
    )
    place_restricted = models.BooleanField(
        _("restricted place"),
        default=False,
        help_text=_("The place is hidden everywhere; people see the meeting point."),
    )
    meeting_point = models.CharField(
        _("meeting point"), max_length=200, blank=True, help_text=_("A public place and a time.")
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.place_restricted and not self.meeting_point:
            raise ValidationError(
                {"meeting_point": ValidationError(_("A restricted place needs a meeting point."), code="meeting_point")}
            )

    @property
    def shown_place(self) -> str:
        """The only words about the place that leave the database."""
        return self.meeting_point if self.place_restricted else self.place


class StudyVisit(Whereabouts, ClusterableModel):
    """One visit to one host: when, where, for which cohorts, with what agenda."""

    key = models.CharField(_("key"), max_length=60, unique=True, validators=[KEY])
    title = models.CharField(_("title"), max_length=160)
    lead = models.TextField(_("lead"), max_length=400, blank=True)
    language = models.CharField(
        _("language of title and agenda"), max_length=5, choices=settings.LANGUAGES, default="en"
    )
    spoken = models.CharField(
        _("languages spoken"), max_length=120, blank=True, help_text=_("For example: English, Romanian interpreter.")
    )
    host = models.CharField(_("host"), max_length=200, help_text=_("The institution; no names of persons."))
    country = models.CharField(
        _("country"),
        max_length=2,
        validators=[RegexValidator(r"^[A-Z]{2}$", _("Two capital letters, such as RO or NO."))],
        help_text=_("Two letters, such as RO or NO."),
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Oslo", validators=[validate_time_zone])
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    cohorts = models.ManyToManyField(Cohort, related_name="study_visits", verbose_name=_("cohorts"))
    withdrawn = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("study visit")
        verbose_name_plural = _("study visits")
        ordering = ["-starts", "key"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="attendance_visit_ends_after_start"),
            models.CheckConstraint(
                condition=Q(place_restricted=False) | ~Q(meeting_point=""), name="attendance_visit_meeting_point"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("attendance:visit", kwargs={"key": self.key})

    @property
    def city(self) -> str:
        return clock.city_of(self.time_zone)

    def clean(self) -> None:
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError(
                {"ends": ValidationError(_("The last day is before the first."), code="ends_before_start")}
            )


class AgendaItem(models.Model):
    """A line of the agenda as the clocks of the place show it."""

    visit = ParentalKey(StudyVisit, on_delete=models.CASCADE, related_name="agenda", verbose_name=_("study visit"))
    day = models.DateField(_("day"))
    begins = models.TimeField(_("from"))
    finishes = models.TimeField(_("to"))
    text = models.CharField(_("text"), max_length=200)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("line of the agenda")
        verbose_name_plural = _("agenda")
        ordering = ["day", "begins", "pk"]

    def __str__(self) -> str:
        return self.text


class TrainingSession(Whereabouts):
    """A half-day of a study visit or a class: what is counted, for whom, how many minutes."""

    class Half(models.TextChoices):
        MORNING = "am", _("Morning")
        AFTERNOON = "pm", _("Afternoon")
        EVENING = "ev", _("Evening")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    visit = models.ForeignKey(
        StudyVisit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("study visit"),
        help_text=_("Empty for a class."),
    )
    cohorts = models.ManyToManyField(
        Cohort, related_name="training_sessions", verbose_name=_("cohorts"), help_text=_("For whom it counts.")
    )
    title = models.CharField(_("title"), max_length=160)
    half = models.CharField(_("half of the day"), max_length=2, choices=Half.choices)
    # The wall times are what was agreed; the instants are what they meant under the zone rules of that day.
    day = models.DateField(_("day"))
    begins = models.TimeField(_("from"))
    finishes = models.TimeField(_("to"))
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])
    starts = models.DateTimeField(_("starts"), editable=False)
    ends = models.DateTimeField(_("ends"), editable=False)
    minutes = models.PositiveSmallIntegerField(
        _("planned minutes"),
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_SESSION)],
        help_text=_("Without breaks and meals."),
    )
    cancelled = models.DateTimeField(_("cancelled"), null=True, blank=True, editable=False)
    cancelled_reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True, editable=False)
    signed_off = models.DateTimeField(
        _("signed off"), null=True, blank=True, editable=False, help_text=_("Follows the ledger of sign-offs.")
    )

    class Meta:
        verbose_name = _("training session")
        verbose_name_plural = _("training sessions")
        ordering = ["starts", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="attendance_session_ends_after_start"),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=LONGEST_SESSION), name="attendance_session_minutes"
            ),
            models.CheckConstraint(
                condition=Q(place_restricted=False) | ~Q(meeting_point=""), name="attendance_session_meeting_point"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.day:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("attendance:register", kwargs={"key": self.key})

    @property
    def ends_same_day(self) -> bool:
        return self.finishes > self.begins

    @property
    def local_starts(self) -> datetime:
        return clock.local(self.starts, self.time_zone)

    @property
    def local_ends(self) -> datetime:
        return clock.local(self.ends, self.time_zone)

    @property
    def local_day(self) -> date:
        return self.local_starts.date()

    @property
    def city(self) -> str:
        return clock.city_of(self.time_zone)
