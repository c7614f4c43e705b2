"""What was noted: a chain of attendance records for each session, and the signatures that close it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.ledger import LedgerModel
from attendance.models.people import Participation
from attendance.models.visits import TrainingSession
from attendance.register import Mark, Row, State

STATES = {
    State.PRESENT.value: _("Present"),
    State.LATE.value: _("Late"),
    State.LEFT_EARLY.value: _("Left early"),
    State.EXCUSED.value: _("Excused"),
    State.ABSENT.value: _("Absent"),
    State.UNMARKED.value: _("Not marked"),
}


class AttendanceRecord(LedgerModel):
    """Who was there and for how many minutes, as one person noted it; written once, chained to the record before.

    `sealed` is the text the hash is taken of. It names people by opaque ids and salted digests only, so the chain
    can still be checked after a name has been erased.
    """

    class Source(models.TextChoices):
        TRAINER = "trainer", _("Trainer")
        PAPER = "paper", _("Paper list")
        IMPORT = "import", _("Import")

    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="records")
    seq = models.PositiveIntegerField()
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="records")
    state = models.CharField(max_length=12, choices=STATES)
    missed = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.TRAINER)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    event_id = models.UUIDField()
    based_on = models.PositiveIntegerField(help_text="The last record about this person that its author had seen.")
    conflicting = models.BooleanField(default=False)
    recorded = models.DateTimeField()
    sealed = models.TextField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("attendance record")
        verbose_name_plural = _("attendance records")
        ordering = ["session", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["session", "seq"], name="attendance_record_seq_once"),
            models.UniqueConstraint(fields=["session", "event_id"], name="attendance_record_event_once"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="attendance_record_seq_from_one"),
            models.CheckConstraint(condition=Q(based_on__lt=F("seq")), name="attendance_record_based_on_earlier"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.seq} {self.state} {self.minutes} min"

    @property
    def mark(self) -> Mark:
        return Mark(State(self.state), self.missed)

    @property
    def row(self) -> Row:
        return Row(self.seq, self.mark, self.conflicting)


class SignOff(LedgerModel):
    """A register closed, corrected or opened again: the head of its chain then, signed with a key kept elsewhere."""

    class Deed(models.TextChoices):
        SIGNED = "signed", _("Signed off")
        CORRECTED = "corrected", _("Corrected after signing off")
        REOPENED = "reopened", _("Opened again")

    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="sign_offs")
    number = models.PositiveIntegerField()
    deed = models.CharField(max_length=10, choices=Deed.choices)
    seq = models.PositiveIntegerField()
    head = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    signed = models.DateTimeField()
    sealed = models.TextField()
    key_id = models.CharField(max_length=16)
    signature = models.CharField(max_length=128)

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["session", "number"]
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="attendance_sign_off_number_once")]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.number} {self.deed} {self.head[:12]}"
