"""Sign-off: what it takes, what changes afterwards, and that nobody can quietly rewrite the ledger."""

import datetime as dt
import json
import random
import stat

from django.conf import settings
from django.db import connection, transaction

import pytest

from attendance import services
from attendance.models import AttendanceRecord, SignOff
from attendance.selectors import minutes_of, register_for, verify_chain
from attendance.signing import START
from tests.attendance.test_planning import refusal_of
from tests.attendance.test_recording import line_of, save
from tests.factories.attendance import entry, mark, plan_of_half_day

MUTATIONS = 150


@pytest.fixture
def closed(session, visit, ana_there, ingrid, stefan):
    """A register of six with a change of mind in it, signed off and then corrected once."""
    guests = [services.add_person(visit=visit, name=f"Guest {n}", role="guest", by=stefan) for n in range(5)]
    save(session, ingrid, entry(ana_there, "present"), *(entry(guest, "present") for guest in guests))
    save(session, ingrid, entry(ana_there, "late", 20, based_on=1), entry(guests[0], "absent", based_on=2))
    services.sign_off(session=session, by=ingrid)
    correct(session, guests[1], "absent", based_on=3, by=ingrid)
    return session


def correct(session, participation, state, *, by, based_on, missed=0, reason="The signed list says so."):
    return services.correct_record(
        session=session,
        participation=participation.uuid,
        mark=mark(state, missed),
        based_on=based_on,
        by=by,
        reason=reason,
    )


def codes(session, **more):
    return [finding.code for finding in verify_chain(session, **more)]


def test_sign_off_signs_the_head_of_the_chain(session, ana_there, ingrid):
    (record,) = save(session, ingrid, entry(ana_there, "present"))

    sign_off = services.sign_off(session=session, by=ingrid)

    session.refresh_from_db()
    assert session.signed_off is not None
    assert (sign_off.number, sign_off.seq, sign_off.head) == (1, 1, record.hash)
    assert codes(session) == []
    assert codes(session, expected_head=record.hash) == []
    assert codes(session, expected_head="f" * 64) == ["head_unknown"]


def test_the_key_lies_outside_the_database_and_only_its_owner_reads_it(session, ana_there, ingrid):
    save(session, ingrid, entry(ana_there, "present"))

    services.sign_off(session=session, by=ingrid)

    assert stat.S_IMODE(settings.SEAL_KEY_FILE.stat().st_mode) == 0o600
    assert len(settings.SEAL_KEY_FILE.read_bytes()) == 32


def test_sign_off_waits_until_everybody_is_marked(session, ana_there, ingrid):
    assert refusal_of(services.sign_off, session=session, by=ingrid) == "unmarked"


def test_sign_off_waits_until_contradictions_are_decided(session, ana_there, ingrid, stefan):
    save(session, ingrid, entry(ana_there, "present"))
    save(session, stefan, entry(ana_there, "absent"))

    assert refusal_of(services.sign_off, session=session, by=ingrid) == "open_conflicts"


def test_sign_off_waits_until_the_session_has_begun(session, ana_there, ingrid, clock):
    clock.move_to(dt.datetime(2026, 11, 2, 7, 59, tzinfo=dt.UTC))
    save(session, ingrid, entry(ana_there, "present"))

    assert refusal_of(services.sign_off, session=session, by=ingrid) == "not_started"


def test_a_closed_register_takes_no_marks_no_plan_and_no_cancelling(closed, ana_there, ingrid, stefan, visit, iasi):
    late = {"session": closed, "entries": [entry(ana_there, "absent", based_on=7)], "by": ingrid}
    plan = plan_of_half_day(iasi, visit=visit, minutes=100)

    assert refusal_of(services.record_entries, **late) == "signed_off"
    assert refusal_of(services.undo_entries, session=closed, first=1, last=9, by=ingrid) == "signed_off"
    assert refusal_of(services.plan_session, plan=plan, session=closed, by=stefan) == "signed_off"
    assert refusal_of(services.cancel_session, session=closed, by=stefan, reason="Why not.") == "signed_off"


def test_a_correction_needs_a_reason_keeps_the_old_value_and_seals_again(closed, ana_there, ingrid, place):
    assert refusal_of(
        correct, session=closed, participation=ana_there, state="present", by=ingrid, based_on=7, reason=" "
    )

    record = correct(closed, ana_there, "present", by=ingrid, based_on=7)

    line = line_of(closed, ana_there)
    assert [(noted.label, noted.minutes) for noted in line.history] == [("Late", 160), ("Present", 180)]
    assert (line.standing.minutes, line.standing.reason) == (180, "The signed list says so.")
    assert minutes_of(place) == 180
    latest = SignOff.objects.last()
    assert (latest.deed, latest.seq, latest.head) == ("corrected", record.seq, record.hash)
    assert codes(closed) == []


def test_a_correction_of_something_that_has_moved_on_is_refused(closed, ana_there, ingrid):
    correct(closed, ana_there, "present", by=ingrid, based_on=7)

    assert refusal_of(correct, session=closed, participation=ana_there, state="absent", by=ingrid, based_on=7) == (
        "changed_meanwhile"
    )


def test_a_register_is_opened_again_with_a_reason_and_closed_again(closed, ana_there, ingrid):
    assert refusal_of(services.reopen, session=closed, by=ingrid, reason="") == "reason_needed"

    services.reopen(session=closed, by=ingrid, reason="The afternoon list was mixed in.")
    save(closed, ingrid, entry(ana_there, "present", based_on=7))
    services.sign_off(session=closed, by=ingrid)

    assert list(SignOff.objects.values_list("deed", flat=True)) == ["signed", "corrected", "reopened", "signed"]
    assert codes(closed) == []


def test_sealed_texts_name_nobody(closed, ana_there):
    texts = [
        *AttendanceRecord.objects.values_list("sealed", flat=True),
        *SignOff.objects.values_list("sealed", flat=True),
    ]

    assert not any(word in text for text in texts for word in ("Ana", "Munteanu", "Guest", "signed list"))
    assert json.loads(texts[0])["previous"] == START


def test_the_chain_survives_the_erasure_of_names_and_reasons(closed, ana_there):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE attendance_participation SET name = ''")
        cursor.execute("UPDATE attendance_attendancerecord SET reason = ''")
        cursor.execute("UPDATE attendance_signoff SET reason = ''")

    assert codes(closed) == []


def test_another_key_is_noticed(closed):
    settings.SEAL_KEY_FILE.unlink()

    assert set(codes(closed)) == {"key_unknown"}


# --- Somebody writes into the database --------------------------------------------------------------------------------

VALUES = {
    "attendance_attendancerecord": {
        "state": "excused",
        "missed": 7,
        "minutes": 99,
        "source": "import",
        "reason": "Because.",
        "based_on": 0,
        "conflicting": True,
        "recorded": "2026-11-01 10:00:00",
        "event_id": "0" * 32,
        "sealed": "{}",
        "previous_hash": "a" * 64,
        "hash": "b" * 64,
        "author_id": None,
        "participation_id": None,
    },
    "attendance_signoff": {
        "deed": "reopened",
        "seq": 2,
        "head": "c" * 64,
        "reason": "Because.",
        "signed": "2026-11-01 10:00:00",
        "sealed": "not json",
        "signature": "00",
        "key_id": "d" * 16,
        "by_id": None,
    },
    "attendance_trainingsession": {"minutes": 170, "signed_off": None, "starts": "2026-11-02 07:00:00"},
    "attendance_participation": {"name": "Somebody Else"},
}


def mutate(chance, session):
    """Do one thing to the database that no door does; give a description, or nothing if it changed nothing."""
    kind = chance.choice(["edit", "edit", "edit", "delete", "swap", "insert", "truncate"])
    with connection.cursor() as cursor:
        if kind == "edit":
            return edit(cursor, chance)
        if kind == "delete":
            table = chance.choice(["attendance_attendancerecord", "attendance_signoff"])
            # The end of both together can only be known from paper: `truncate` checks that.
            cursor.execute(f"SELECT id FROM {table} ORDER BY id")
            victims = [row[0] for row in cursor.fetchall()]
            victim = chance.choice(victims if table == "attendance_attendancerecord" else victims[:-1])
            cursor.execute(f"DELETE FROM {table} WHERE id = %s", [victim])
            return f"{kind} {table} {victim}"
        if kind == "swap":
            first, second = chance.sample(range(1, 10), 2)
            sql = "UPDATE attendance_attendancerecord SET seq = %s, based_on = 0 WHERE seq = %s"
            for old, new in ((first, 99), (second, first), (99, second)):
                cursor.execute(sql, [new, old])
            return f"{kind} {first} {second}"
        if kind == "insert":
            columns = (
                "participation_id, state, missed, minutes, source, author_id, reason, conflicting, recorded, sealed, "
                "previous_hash, hash"
            )
            after = chance.randint(1, 9)
            cursor.execute(
                f"INSERT INTO attendance_attendancerecord (session_id, seq, based_on, event_id, {columns}) "
                f"SELECT session_id, 10, 0, %s, {columns} FROM attendance_attendancerecord WHERE seq = %s",
                ["1" * 32, after],
            )
            return f"{kind} copy of {after}"
        cut = chance.randint(1, 9)
        cursor.execute("DELETE FROM attendance_attendancerecord WHERE seq >= %s", [cut])
        return f"{kind} from {cut}"


def edit(cursor, chance):
    table = chance.choice(list(VALUES))
    column, value = chance.choice(list(VALUES[table].items()))
    cursor.execute(f"SELECT id, {column} FROM {table} ORDER BY id")
    rows = cursor.fetchall()
    row, before = chance.choice(rows)
    if column.endswith("_id") and value is None:
        cursor.execute(f"SELECT MAX({column}) FROM {table} WHERE {column} <> %s", [before])
        value = cursor.fetchone()[0]
        if value is None:
            cursor.execute("SELECT MAX(id) FROM accounts_user WHERE id <> %s", [before])
            value = cursor.fetchone()[0]
    cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, row])
    cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [row])
    after = cursor.fetchone()[0]
    return f"edit {table}.{column} of {row}: {before!r} to {after!r}" if after != before else ""


def test_every_change_behind_the_doors_is_noticed(closed):
    chance = random.Random(20261102)
    head = register_for(closed).last.hash
    assert codes(closed, expected_head=head) == []
    undetected, done = [], 0

    while done < MUTATIONS:
        save_point = transaction.savepoint()
        described = mutate(chance, closed)
        if described:
            done += 1
            if not codes(closed, expected_head=head):
                undetected.append(described)
        transaction.savepoint_rollback(save_point)

    assert undetected == []
