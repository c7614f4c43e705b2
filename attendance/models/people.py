"""Who is at a visit or in a class."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attendance.models.visits import StudyVisit
from attendance.signing import new_salt
from courses.models import Cohort, Enrolment


class Participation(models.Model):
    """One person at one visit or in one class, with the name as written; guests have no account."""

    class Role(models.TextChoices):
        TRAINEE = "trainee", _("Trainee")
        TRAINER = "trainer", _("Trainer")
        INTERPRETER = "interpreter", _("Interpreter")
        HOST = "host", _("Host")
        GUEST = "guest", _("Guest")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    visit = models.ForeignKey(
        StudyVisit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("study visit"),
    )
    cohort = models.ForeignKey(
        Cohort,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("cohort of the class"),
    )
    name = models.CharField(_("name as written"), max_length=200)
    profession = models.CharField(_("profession"), max_length=100, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.TRAINEE)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("account"),
    )
    enrolment = models.ForeignKey(
        Enrolment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("enrolment"),
    )
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    added = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(visit__isnull=False, cohort__isnull=True) | Q(visit__isnull=True, cohort__isnull=False),
                name="attendance_participation_visit_or_class",
            ),
            models.UniqueConstraint(
                fields=["visit", "enrolment"],
                condition=Q(visit__isnull=False, enrolment__isnull=False),
                name="attendance_participation_visit_once",
            ),
            models.UniqueConstraint(
                fields=["cohort", "enrolment"],
                condition=Q(cohort__isnull=False, enrolment__isnull=False),
                name="attendance_participation_class_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name
