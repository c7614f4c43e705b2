"""Registers are signed off, and opened again with a reason."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from attendance.models import SignOff, TrainingSession
from attendance.selectors import Register
from attendance.services.errors import AttendanceError
from attendance.services.ledger import Pen, hold, hold_open, seal_register
from attendance.signing import Seal


def sign_off(*, session: TrainingSession | UUID, by: User) -> SignOff:
    """Close a register: everybody is marked, nobody contradicts anybody, and the head of its chain is signed.

    Raises AttendanceError `not_started`, `nobody`, `unmarked`, `open_conflicts` and what keeps a register from being
    written.
    """
    seal = Seal.from_file(settings.SEAL_KEY_FILE)
    with transaction.atomic():
        held = hold_open(session, by)
        pen = Pen(held, by)
        _check(Register(held, list(pen.lines.values())))
        held.signed_off = timezone.now()
        held.save(update_fields=["signed_off"])
        return seal_register(held, deed=SignOff.Deed.SIGNED, head=(pen.seq, pen.head), by=by, seal=seal)


def reopen(*, session: TrainingSession | UUID, by: User, reason: str) -> SignOff:
    """Open a closed register again; that it was closed, and why it was opened, stays in the ledger."""
    if not reason.strip():
        raise AttendanceError("reason_needed", _("Write why the register is opened again."))
    seal = Seal.from_file(settings.SEAL_KEY_FILE)
    with transaction.atomic():
        held = hold(session, by)
        if not held.signed_off:
            raise AttendanceError("not_signed_off", _("The register is open."))
        pen = Pen(held, by)
        held.signed_off = None
        held.save(update_fields=["signed_off"])
        return seal_register(
            held, deed=SignOff.Deed.REOPENED, head=(pen.seq, pen.head), by=by, seal=seal, reason=reason.strip()
        )


def _check(register: Register) -> None:
    if register.session.starts > timezone.now():
        raise AttendanceError("not_started", _("The session has not begun yet."))
    if not register.lines:
        raise AttendanceError("nobody", _("Nobody is on this register."))
    if register.conflicts:
        raise AttendanceError("open_conflicts", _("Decide the contradictions in the register first."))
    if register.unmarked:
        raise AttendanceError("unmarked", _("Mark everyone, then sign off."))
