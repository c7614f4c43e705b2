"""The one pen of the ledger: holds a session, numbers and chains its records, and tells courses what they are worth."""

from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from attendance.models import AttendanceRecord, SignOff, TrainingSession
from attendance.register import Mark
from attendance.selectors import Line, lines_of, sessions_kept_by
from attendance.selectors.chain import sealed_plan, sealed_record, sealed_sign_off
from attendance.services.errors import AttendanceError
from attendance.signing import START, Seal, canonical, digest
from courses.progress import EvidenceKind
from courses.services import record_many


def hold(session: TrainingSession | UUID, by: User) -> TrainingSession:
    """Lock a session for the rest of the transaction, if this person may keep its register.

    Rights and lock are one question: whoever waited for the lock is asked with the rights of now.
    """
    key = session.key if isinstance(session, TrainingSession) else session
    held = sessions_kept_by(by).select_for_update(of=("self",)).filter(key=key).first()
    if held is None:
        raise AttendanceError("not_yours", _("This register is not yours to keep."))
    return held


def hold_open(session: TrainingSession | UUID, by: User) -> TrainingSession:
    """Lock a session whose register may be written today."""
    held = hold(session, by)
    if held.signed_off:
        raise AttendanceError("signed_off", _("The register is signed off. Correct a line with a reason instead."))
    if held.cancelled:
        raise AttendanceError("cancelled", _("This session was cancelled."))
    if held.local_day > timezone.localdate(timezone=held.local_starts.tzinfo):
        raise AttendanceError("not_yet", _("The register opens on the day of the session."))
    return held


class Pen:
    """Writes records of one held session, in order, and hands the minutes on when it is put down."""

    def __init__(self, session: TrainingSession, by: User, source: str = AttendanceRecord.Source.TRAINER) -> None:
        self.session, self.by, self.source = session, by, source
        self.lines: dict[UUID, Line] = {line.uuid: line for line in lines_of(session)}
        noted = [noted for line in self.lines.values() for noted in line.noted]
        last = max(noted, key=lambda record: record.seq, default=None)
        self.seq, self.head = (last.seq, last.hash) if last else (0, START)
        self.known_events = {record.event_id for record in noted}
        self.now: datetime = timezone.now()
        self.records: list[AttendanceRecord] = []
        self.amounts: dict[int, int] = {}

    def line(self, participation: UUID) -> Line:
        """Give the line of a person; somebody who is not in this register is refused."""
        try:
            return self.lines[participation]
        except KeyError:
            raise AttendanceError("unknown_person", _("This person is not in the register.")) from None

    def write(
        self,
        line: Line,
        mark: Mark,
        *,
        event_id: UUID,
        based_on: int,
        conflicting: bool = False,
        reason: str = "",
    ) -> AttendanceRecord:
        """Add one record to the chain."""
        self.seq += 1
        record = AttendanceRecord(
            session=self.session,
            seq=self.seq,
            participation_id=line.pk,
            state=mark.state.value,
            missed=mark.missed,
            minutes=mark.credited(self.session.minutes),
            source=self.source,
            author=self.by,
            reason=reason,
            event_id=event_id,
            based_on=based_on,
            conflicting=conflicting,
            recorded=self.now,
            previous_hash=self.head,
        )
        record.sealed = canonical(sealed_record(record, self.session, line))
        record.hash = self.head = digest(record.sealed)
        self.known_events.add(event_id)
        self.records.append(record)
        if line.enrolment_id and not conflicting:
            self.amounts[line.enrolment_id] = record.minutes
        return record

    def put_down(self) -> list[AttendanceRecord]:
        """Store what was written and let courses know the minutes."""
        if self.records:
            AttendanceRecord.objects.bulk_create(self.records)
        if self.amounts:
            record_many(
                kind=EvidenceKind.ATTENDANCE,
                subject=self.session.key,
                amounts=self.amounts,
                recorded_by=self.by,
                when=self.session.starts,
            )
        return self.records


def seal_register(
    session: TrainingSession, *, deed: SignOff.Deed, head: tuple[int, str], by: User, seal: Seal, reason: str = ""
) -> SignOff:
    """Sign the present head of a held session's chain."""
    number = SignOff.objects.filter(session=session).count() + 1
    sign_off = SignOff(
        session=session,
        number=number,
        deed=deed,
        seq=head[0],
        head=head[1],
        by=by,
        reason=reason,
        signed=timezone.now(),
        key_id=seal.key_id,
    )
    sign_off.sealed = canonical({**sealed_sign_off(sign_off), "plan": sealed_plan(session)})
    sign_off.signature = seal.sign(sign_off.sealed)
    sign_off.save()
    return sign_off


def credit_again(session: TrainingSession, by: User, before: int) -> list[AttendanceRecord]:
    """Note anew what everybody is credited after the planned minutes of a held session have changed."""
    pen = Pen(session, by)
    if any(line.conflict for line in pen.lines.values()):
        raise AttendanceError("open_conflicts", _("Decide the contradictions in the register first."))
    reason = _("The planned minutes changed from %(before)d to %(after)d.") % {
        "before": before,
        "after": session.minutes,
    }
    for line in pen.lines.values():
        standing = line.standing
        if standing and standing.minutes != line.mark.credited(session.minutes):
            pen.write(line, line.mark, event_id=uuid4(), based_on=line.version, reason=reason)
    return pen.put_down()
