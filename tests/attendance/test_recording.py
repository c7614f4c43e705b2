"""Marks: noted once, never over somebody's head, and pushed to courses."""

import datetime as dt
import uuid

import pytest

from accounts.ledger import LedgerError
from attendance import services
from attendance.models import AttendanceRecord, Participation
from attendance.selectors import attendance_of, minutes_of, register_for
from courses.models import Completion, Evidence
from courses.services import leave
from tests.attendance.test_planning import refusal_of
from tests.factories.attendance import entry, mark, session_for


def save(session, by, *entries, **more):
    return services.record_entries(session=session, entries=entries, by=by, **more)


def line_of(session, participation):
    return next(line for line in register_for(session).lines if line.uuid == participation.uuid)


def evidence():
    return [int(amount) for amount in Evidence.objects.order_by("pk").values_list("amount", flat=True)]


@pytest.mark.parametrize(
    ("state", "missed", "credited"),
    [
        ("present", 0, 180),
        ("late", 20, 160),
        ("left_early", 40, 140),
        ("late", 400, 0),
        ("excused", 0, 0),
        ("absent", 0, 0),
    ],
)
def test_a_mark_credits_minutes_and_becomes_evidence(session, ana_there, ingrid, place, state, missed, credited):
    (record,) = save(session, ingrid, entry(ana_there, state, missed))

    assert (record.state, record.minutes) == (state, credited)
    assert evidence() == [credited]
    assert minutes_of(place) == credited
    assert [line.credited for line in attendance_of(place)] == [credited]


@pytest.mark.parametrize("state", ["late", "left_early"])
def test_missed_minutes_have_to_be_said(session, ana_there, ingrid, state):
    code = refusal_of(services.record_entries, session=session, entries=[entry(ana_there, state)], by=ingrid)

    assert code == "minutes_needed"
    assert AttendanceRecord.objects.count() == 0


def test_only_what_changed_becomes_a_record(session, ana_there, ingrid):
    save(session, ingrid, entry(ana_there, "present"))

    assert save(session, ingrid, entry(ana_there, "present", based_on=1)) == []
    assert len(save(session, ingrid, entry(ana_there, "absent", based_on=1))) == 1
    assert evidence() == [180, 0]


def test_the_same_event_sent_five_times_is_noted_once(session, ana_there, ingrid):
    event = uuid.uuid4()

    for _ in range(5):
        save(session, ingrid, entry(ana_there, "present", event_id=event))

    assert AttendanceRecord.objects.count() == 1
    assert evidence() == [180]


def test_a_replayed_event_does_not_undo_what_came_after(session, ana_there, ingrid):
    event = uuid.uuid4()
    save(session, ingrid, entry(ana_there, "present", event_id=event))
    save(session, ingrid, entry(ana_there, "absent", based_on=1))

    save(session, ingrid, entry(ana_there, "present", event_id=event))

    assert line_of(session, ana_there).mark == mark("absent")
    assert line_of(session, ana_there).conflict == []


def test_two_trainers_who_disagree_are_both_kept_and_the_first_stands(session, ana_there, ingrid, sanda, place):
    save(session, ingrid, entry(ana_there, "present"))

    (record,) = save(session, sanda, entry(ana_there, "absent"))

    line = line_of(session, ana_there)
    assert record.conflicting
    assert line.mark == mark("present")
    assert [(noted.author, noted.mark) for noted in line.choices] == [
        ("Ingrid Bråten", mark("present")),
        ("Carol Smith", mark("absent")),
    ]
    assert minutes_of(place) == 180
    assert evidence() == [180]


def test_two_trainers_who_agree_make_one_record(session, ana_there, ingrid, sanda):
    save(session, ingrid, entry(ana_there, "late", 15))

    assert save(session, sanda, entry(ana_there, "late", 15)) == []


def test_a_person_decides_between_contradictions(session, ana_there, ingrid, sanda, place):
    save(session, ingrid, entry(ana_there, "present"))
    save(session, sanda, entry(ana_there, "absent"))

    services.resolve_conflict(session=session, participation=ana_there.uuid, chosen=2, based_on=2, by=ingrid)

    line = line_of(session, ana_there)
    assert (line.mark, line.conflict) == (mark("absent"), [])
    assert minutes_of(place) == 0
    assert evidence() == [180, 0]


def test_a_decision_on_something_that_has_moved_on_is_refused(session, ana_there, ingrid, sanda):
    save(session, ingrid, entry(ana_there, "present"))
    save(session, sanda, entry(ana_there, "absent"))
    save(session, sanda, entry(ana_there, "excused", based_on=1))

    code = refusal_of(
        services.resolve_conflict, session=session, participation=ana_there.uuid, chosen=2, based_on=2, by=ingrid
    )

    assert code == "changed_meanwhile"


def test_the_rest_are_present_but_nobody_who_was_marked(session, visit, ana_there, ingrid, stefan):
    guests = [services.add_person(visit=visit, name=f"Guest {n}", role="guest", by=stefan) for n in range(3)]
    save(session, ingrid, entry(guests[0], "absent"))

    press = uuid.uuid4()
    save(session, ingrid, entry(guests[1], "excused"), rest=press)
    save(session, ingrid, rest=press)

    marks = {line.name: line.mark.state for line in register_for(session).lines}
    assert marks == {"Ana Munteanu": "present", "Guest 0": "absent", "Guest 1": "excused", "Guest 2": "present"}
    assert AttendanceRecord.objects.count() == 4


def test_undo_gives_back_what_was_there_before(session, ana_there, ingrid, place):
    save(session, ingrid, entry(ana_there, "present"))
    save(session, ingrid, entry(ana_there, "absent", based_on=1))

    services.undo_entries(session=session, first=2, last=2, by=ingrid)
    assert line_of(session, ana_there).mark == mark("present")

    services.undo_entries(session=session, first=3, last=3, by=ingrid)
    assert line_of(session, ana_there).mark == mark("absent")


def test_undoing_the_first_mark_leaves_nobody_marked(session, ana_there, ingrid, place):
    save(session, ingrid, entry(ana_there, "present"))

    services.undo_entries(session=session, first=1, last=1, by=ingrid)

    assert line_of(session, ana_there).standing is None
    assert attendance_of(place)[0].record is None
    assert evidence() == [180, 0]


def test_undo_leaves_alone_what_others_noted_or_what_is_newer(session, ana_there, ingrid, sanda):
    save(session, ingrid, entry(ana_there, "present"))

    assert services.undo_entries(session=session, first=1, last=1, by=sanda) == []
    save(session, sanda, entry(ana_there, "absent", based_on=1))
    assert services.undo_entries(session=session, first=1, last=2, by=ingrid) == []


def test_a_register_opens_on_the_day_of_its_place(session, ana_there, ingrid, clock):
    clock.move_to(dt.datetime(2026, 11, 1, 22, 59, tzinfo=dt.UTC))
    code = refusal_of(services.record_entries, session=session, entries=[entry(ana_there, "present")], by=ingrid)
    assert code == "not_yet"

    clock.move_to(dt.datetime(2026, 11, 1, 23, 0, tzinfo=dt.UTC))
    assert len(save(session, ingrid, entry(ana_there, "present"))) == 1


def test_nothing_is_noted_in_a_cancelled_session(session, ana_there, ingrid, stefan):
    services.cancel_session(session=session, by=stefan, reason="Snow.")

    assert (
        refusal_of(services.record_entries, session=session, entries=[entry(ana_there, "present")], by=ingrid)
        == "cancelled"
    )


@pytest.mark.parametrize("who", ["ana", "mihai", "elena", "carol"])
def test_nobody_else_keeps_the_register(session, ana_there, who, request):
    person = request.getfixturevalue(who)

    code = refusal_of(services.record_entries, session=session, entries=[entry(ana_there, "present")], by=person)

    assert code == "not_yours"


def test_a_trainer_whose_time_is_over_keeps_no_register(session, ana_there, ingrid, iasi):
    iasi.trainers.update(ends=dt.date(2026, 11, 1))

    code = refusal_of(services.record_entries, session=session, entries=[entry(ana_there, "present")], by=ingrid)

    assert code == "not_yours"


def test_records_are_never_changed_or_deleted(session, ana_there, ingrid):
    (record,) = save(session, ingrid, entry(ana_there, "present"))
    record = AttendanceRecord.objects.get(pk=record.pk)

    record.minutes = 1
    with pytest.raises(LedgerError):
        record.save()
    with pytest.raises(LedgerError):
        AttendanceRecord.objects.filter(pk=record.pk).delete()


def test_somebody_who_left_stays_where_they_were_marked_and_nowhere_else(
    session, ana_there, ingrid, iasi, visit, place, stefan
):
    guest = services.add_person(visit=visit, name="Guest One", role="guest", by=stefan)
    save(session, ingrid, entry(ana_there, "present"), entry(guest, "present"))
    later = session_for(iasi, by=stefan, visit=visit, begins=dt.time(13), finishes=dt.time(16), half="pm")

    leave(enrolment=place, by=stefan)
    services.withdraw_person(participation=guest, by=stefan)

    assert [line.name for line in register_for(session).lines] == ["Ana Munteanu", "Guest One"]
    assert register_for(later).lines == []


def test_the_last_minutes_complete_the_course(session, ana_there, ingrid, place):
    save(session, ingrid, entry(ana_there, "late", 37))
    assert Completion.objects.count() == 0

    save(session, ingrid, entry(ana_there, "late", 36, based_on=1))
    assert Completion.objects.get().enrolment == place


def test_lines_stand_by_surname(session, visit, ana_there, stefan):
    for name in ("Åse Nordbø", "Ștefan Albu", "Bjørn Håkonsen"):
        services.add_person(visit=visit, name=name, role="guest", by=stefan)

    names = [line.name for line in register_for(session).lines]

    assert names == ["Ștefan Albu", "Bjørn Håkonsen", "Ana Munteanu", "Åse Nordbø"]


def test_saving_a_register_costs_the_same_for_one_and_for_many(
    session, visit, ana_there, ingrid, stefan, django_assert_num_queries
):
    people = [services.add_person(visit=visit, name=f"Guest {n}", role="guest", by=stefan) for n in range(49)]

    # hold, lines, records, enrolments, evidence, facts, plan, completions, completion; and four savepoints
    with django_assert_num_queries(13):
        save(session, ingrid, entry(ana_there, "present"), *(entry(person, "present") for person in people))

    assert Participation.objects.count() == AttendanceRecord.objects.count() == 50
