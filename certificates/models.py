"""What is attested, frozen on the day it was issued."""

import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import Course

KINDS = {"completion": _("Completion of a course")}


class FrozenError(TypeError):
    """Raised when something tries to change what a certificate says, or to forget that it was issued."""


def unguessable_name(certificate: "Certificate", name: str) -> str:
    """Name a document by chance: neither the number nor the token of a certificate leads to its file."""
    return f"certificates/{uuid.uuid4().hex}.pdf"


class NumberSeries(models.Model):
    """The last number given in a series and year; locked by whoever takes the next."""

    series = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="certificates_series_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"


class CertificateQuerySet(models.QuerySet):
    """Reads and adds; a certificate changes one at a time, through its services."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise FrozenError("Certificates are not changed in bulk.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FrozenError("Certificates are not changed in bulk.")

    def delete(self) -> NoReturn:
        raise FrozenError("A certificate is revoked or replaced, never deleted.")

    def standing(self) -> "CertificateQuerySet":
        return self.filter(superseded__isnull=True, revoked__isnull=True)

    def in_state(self, state: str) -> "CertificateQuerySet":
        """Give those whose `state` it is."""
        if state == "revoked":
            return self.filter(revoked__isnull=False)
        return self.filter(revoked__isnull=True, superseded__isnull=state == "valid")


class Certificate(models.Model):
    """A frozen copy of what is attested; people, courses and cohorts may change, this does not.

    It is revoked or superseded, never edited and never deleted. The document and its hash are written once.
    """

    # What may still happen to a row, each once; every other field is a copy and stays as written.
    WRITTEN_ONCE = ("superseded", "revoked", "revoked_by_id", "revoked_reason", "document", "sha256")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=KINDS)
    subject = models.UUIDField(help_text=_("The completion it attests."))
    enrolment = models.ForeignKey("courses.Enrolment", on_delete=models.PROTECT, related_name="certificates")
    number = models.CharField(_("number"), max_length=40, unique=True)
    token = models.CharField(max_length=26, unique=True)

    recipient = models.CharField(_("issued to"), max_length=200)
    profession = models.CharField(max_length=100, blank=True)
    institution = models.CharField(max_length=200, blank=True)
    professional_code = models.CharField(max_length=40, blank=True)
    course_title = models.CharField(_("course"), max_length=200)
    modules = models.JSONField(default=list)
    minutes_attended = models.PositiveIntegerField()
    minutes_planned = models.PositiveIntegerField()
    academic_hour = models.PositiveSmallIntegerField()
    form_of_training = models.CharField(max_length=20, choices=Course._meta.get_field("form_of_training").choices)
    places = models.CharField(max_length=200, blank=True)
    starts = models.DateField()
    ends = models.DateField()
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    provider = models.CharField(max_length=200)
    provider_line = models.CharField(max_length=200, blank=True)
    provider_number = models.CharField(max_length=60, blank=True)
    signatory = models.CharField(max_length=120, blank=True)
    signatory_title = models.CharField(max_length=120, blank=True)
    trainers = models.JSONField(default=list)
    funder_line = models.TextField(blank=True)
    issued = models.DateField(_("issued"))
    edition = models.ForeignKey("manual.Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    replaced_reason = models.CharField(max_length=300, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    superseded = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_reason = models.CharField(max_length=300, blank=True)

    document = models.FileField(upload_to=unguessable_name, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    created = models.DateTimeField(auto_now_add=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-created", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(superseded__isnull=True, revoked__isnull=True),
                name="certificates_standing_once",
            ),
            models.CheckConstraint(
                condition=Q(revoked__isnull=True, revoked_reason="")
                | Q(revoked__isnull=False, revoked_by__isnull=False) & ~Q(revoked_reason=""),
                name="certificates_revoked_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, replaced_reason="")
                | Q(replaces__isnull=False, issued_by__isnull=False) & ~Q(replaced_reason=""),
                name="certificates_replaced_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(document="", sha256="") | ~Q(document="") & ~Q(sha256=""),
                name="certificates_document_with_hash",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            self._refuse_changes()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FrozenError("A certificate is revoked or replaced, never deleted.")

    def _refuse_changes(self) -> None:
        stored = type(self)._base_manager.filter(pk=self.pk).values().get()
        present = {name: getattr(self, name) for name in stored}
        present["document"] = present["document"].name or ""
        # An empty field that may be written once is free; everything else is as it was.
        free = {name for name in self.WRITTEN_ONCE if not stored[name]}
        changed = sorted(name for name in stored if name not in free and stored[name] != present[name])
        if changed:
            raise FrozenError(f"A certificate keeps what it said: {', '.join(changed)}.")

    @property
    def state(self) -> str:
        """Give `revoked`, `replaced` or `valid`."""
        if self.revoked:
            return "revoked"
        return "replaced" if self.superseded else "valid"
