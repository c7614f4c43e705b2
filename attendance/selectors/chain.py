"""Whether the chain of a session is as it was written: nothing edited, removed, put in between or cut off."""

import json
from dataclasses import dataclass

from django.conf import settings

from attendance.models import AttendanceRecord, Participation, SignOff, TrainingSession
from attendance.selectors.register import Line
from attendance.signing import START, Seal, digest, salted


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written: what, and at which record or sign-off."""

    code: str
    at: int


def verify_chain(session: TrainingSession, expected_head: str = "") -> list[Finding]:
    """List what is wrong with the records and sign-offs of a session; an empty list means that all is as written.

    `expected_head` is a head somebody holds on paper: it must be one of the chain's own.
    """
    session = TrainingSession.objects.get(pk=session.pk)
    records = list(AttendanceRecord.objects.filter(session=session).select_related("participation").order_by("seq"))
    heads = {0: START}
    findings: list[Finding] = []
    for number, record in enumerate(records, start=1):
        faults = _faults(record, session, number, previous=heads.get(number - 1, ""))
        findings += [Finding(code, record.seq) for code in faults]
        heads[record.seq] = record.hash
    findings += _sign_off_faults(session, heads)
    if expected_head and expected_head not in heads.values():
        findings.append(Finding("head_unknown", len(records)))
    return findings


def sealed_record(record: AttendanceRecord, session: TrainingSession, person: Line | Participation) -> dict:
    """Give what the hash of a record is taken of."""
    return {
        "author": record.author_id,
        "based_on": record.based_on,
        "conflicting": record.conflicting,
        "event": str(record.event_id),
        "minutes": record.minutes,
        "missed": record.missed,
        "name": salted(person.salt, person.name),
        "participation": str(person.uuid),
        "previous": record.previous_hash,
        "reason": salted(person.salt, record.reason),
        "recorded": record.recorded.isoformat(),
        "seq": record.seq,
        "session": str(session.key),
        "source": str(record.source),
        "state": str(record.state),
    }


def sealed_sign_off(sign_off: SignOff) -> dict:
    """Give what the signature of a sign-off is made of, except the plan it was made under."""
    return {
        "by": sign_off.by_id,
        "deed": str(sign_off.deed),
        "head": sign_off.head,
        "key": sign_off.key_id,
        "number": sign_off.number,
        "reason": salted(sign_off.head, sign_off.reason),
        "seq": sign_off.seq,
        "signed": sign_off.signed.isoformat(),
    }


def sealed_plan(session: TrainingSession) -> dict:
    """Give what a sign-off says about the session itself."""
    return {
        "ends": session.ends.isoformat(),
        "minutes": session.minutes,
        "session": str(session.key),
        "starts": session.starts.isoformat(),
    }


def _faults(record: AttendanceRecord, session: TrainingSession, number: int, previous: str) -> list[str]:
    columns, sealed = sealed_record(record, session, record.participation), _parsed(record.sealed)
    columns |= _erased(sealed, name=record.participation.name, reason=record.reason)
    checks = {
        "number": record.seq == number,
        "previous": record.previous_hash == previous,
        "hash": record.hash == digest(record.sealed),
        "content": columns == sealed,
    }
    return [code for code, sound in checks.items() if not sound]


def _sign_off_faults(session: TrainingSession, heads: dict[int, str]) -> list[Finding]:
    rows = list(SignOff.objects.filter(session=session).order_by("number"))
    seal = Seal.from_file(settings.SEAL_KEY_FILE) if rows else None
    findings: list[Finding] = []
    plan: dict | None = None
    for number, row in enumerate(rows, start=1):
        sealed = _parsed(row.sealed)
        plan = sealed.pop("plan", None)
        checks = {
            "sign_off_number": row.number == number,
            "sign_off_head": heads.get(row.seq) == row.head,
            "key_unknown": row.key_id == seal.key_id,
            "signature": row.key_id != seal.key_id or seal.has_signed(row.sealed, row.signature),
            "sign_off_content": sealed == sealed_sign_off(row) | _erased(sealed, reason=row.reason),
        }
        findings += [Finding(code, row.number) for code, sound in checks.items() if not sound]
    closed = bool(rows) and rows[-1].deed != SignOff.Deed.REOPENED
    if closed != (session.signed_off is not None):
        findings.append(Finding("closed_differs", len(rows)))
    if closed and plan != sealed_plan(session):
        findings.append(Finding("plan_differs", len(rows)))
    # A closed register grows by corrections only, and each of them is signed again.
    if closed and rows[-1].seq != max(heads):
        findings.append(Finding("unsigned_records", max(heads)))
    return findings


def _erased(sealed: dict, **words: str) -> dict:
    """Give the digests of words that were erased: what they were taken of is gone and cannot be compared."""
    return {name: sealed.get(name) for name, text in words.items() if not text}


def _parsed(sealed: str) -> dict:
    try:
        return json.loads(sealed)
    except ValueError:
        return {}
