"""Marks come in here: row by row, once each, and never over the head of somebody who was faster."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from attendance.models import AttendanceRecord, SignOff, TrainingSession
from attendance.register import PARTIAL, Mark, Reading, State, read, standing
from attendance.selectors import Line
from attendance.services.errors import AttendanceError
from attendance.services.ledger import Pen, hold, hold_open, seal_register
from attendance.signing import Seal

PRESENT = Mark(State.PRESENT)


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody entered for one person, and the last record about them that they had seen."""

    participation: UUID
    state: State
    missed: int
    based_on: int
    event_id: UUID

    @property
    def mark(self) -> Mark:
        return Mark(self.state, self.missed)


@transaction.atomic
def record_entries(
    *,
    session: TrainingSession | UUID,
    entries: Iterable[Entry],
    by: User,
    rest: UUID | None = None,
    source: str = AttendanceRecord.Source.TRAINER,
) -> list[AttendanceRecord]:
    """Note who was there; give the records that were new, contradictions among them marked as conflicting.

    Only what changed becomes a record, and the same event is never noted twice. With `rest`, the event of a press on
    “Mark the rest present”, everybody who is still unmarked afterwards was there.

    Raises AttendanceError `not_yours`, `signed_off`, `cancelled`, `not_yet`, `unknown_person`, `minutes_needed`.
    """
    pen = Pen(hold_open(session, by), by, source)
    written: set[UUID] = set()
    for entry in entries:
        line = pen.line(entry.participation)
        check_minutes(entry.mark)
        if entry.event_id in pen.known_events:
            continue
        rows = [*line.rows, *(record.row for record in pen.records if record.participation_id == line.pk)]
        reading = read(rows, entry.mark, entry.based_on)
        if reading is not Reading.NOTHING_NEW:
            pen.write(
                line,
                entry.mark,
                event_id=entry.event_id,
                based_on=min(entry.based_on, pen.seq),
                conflicting=reading is Reading.CONFLICTS,
            )
        written.add(line.uuid)
    if rest:
        for line in pen.lines.values():
            event_id = uuid5(rest, str(line.uuid))
            if line.standing is None and not line.conflict and line.uuid not in written | pen.known_events:
                pen.write(line, PRESENT, event_id=event_id, based_on=line.version)
    return pen.put_down()


@transaction.atomic
def undo_entries(*, session: TrainingSession | UUID, first: int, last: int, by: User) -> list[AttendanceRecord]:
    """Take back one's own records from first to last, each unless somebody has noted something newer since."""
    pen = Pen(hold_open(session, by), by)
    for line in pen.lines.values():
        latest = line.noted[-1] if line.noted else None
        if latest is None or not first <= latest.seq <= last or latest.author_id != by.pk or latest.conflicting:
            continue
        before = standing([row for row in line.rows if row.seq < latest.seq])
        if before != latest.mark:
            pen.write(line, before, event_id=uuid4(), based_on=latest.seq)
    return pen.put_down()


@transaction.atomic
def resolve_conflict(
    *, session: TrainingSession | UUID, participation: UUID, chosen: int, based_on: int, by: User
) -> AttendanceRecord:
    """Decide between contradicting records; the chosen one is noted again and stands.

    Raises AttendanceError `changed_meanwhile` when there is something newer than what was decided on.
    """
    pen = Pen(hold_open(session, by), by)
    line = pen.line(participation)
    choice = next((noted for noted in line.choices if noted.seq == chosen), None)
    if choice is None or line.version != based_on:
        raise _changed_meanwhile(line)
    record = pen.write(line, choice.mark, event_id=uuid4(), based_on=based_on)
    pen.put_down()
    return record


def correct_record(
    *, session: TrainingSession | UUID, participation: UUID, mark: Mark, based_on: int, by: User, reason: str
) -> AttendanceRecord:
    """Correct a line with a reason; the old value stays readable, and a closed register is signed again.

    Raises AttendanceError `reason_needed`, `minutes_needed`, `nothing_changed`, `changed_meanwhile`.
    """
    if not reason.strip():
        raise AttendanceError("reason_needed", _("Write why the line is corrected."))
    check_minutes(mark)
    # The key is read before the transaction begins: files do not wait inside one.
    seal = Seal.from_file(settings.SEAL_KEY_FILE)
    with transaction.atomic():
        held = hold(session, by)
        if held.cancelled:
            raise AttendanceError("cancelled", _("This session was cancelled."))
        pen = Pen(held, by)
        line = pen.line(participation)
        if line.version != based_on:
            raise _changed_meanwhile(line)
        if line.mark == mark:
            raise AttendanceError("nothing_changed", _("This is what the register says already."))
        record = pen.write(line, mark, event_id=uuid4(), based_on=based_on, reason=reason.strip())
        pen.put_down()
        if held.signed_off:
            seal_register(
                held, deed=SignOff.Deed.CORRECTED, head=(pen.seq, pen.head), by=by, seal=seal, reason=reason.strip()
            )
    return record


def check_minutes(mark: Mark) -> None:
    """Refuse a mark that says somebody missed a part but not how much."""
    if mark.state in PARTIAL and mark.missed < 1:
        raise AttendanceError("minutes_needed", _("Write how many minutes were missed."))


def _changed_meanwhile(line: Line) -> AttendanceError:
    return AttendanceError(
        "changed_meanwhile", _("The line of %(name)s has changed meanwhile. Look at it again.") % {"name": line.name}
    )
