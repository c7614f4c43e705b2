"""Two trainers at one register, in any order: nothing noted is lost, nobody is overwritten unseen."""

from uuid import UUID, uuid4

from django.db import transaction

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from attendance import services
from attendance.models import AttendanceRecord
from attendance.register import Mark, State
from attendance.selectors import attendance_of, lines_of, minutes_of, verify_chain
from courses.models import Enrolment, Evidence

MARKS = [
    Mark(State.PRESENT),
    Mark(State.LATE, 20),
    Mark(State.LEFT_EARLY, 40),
    Mark(State.EXCUSED),
    Mark(State.ABSENT),
]
PLANNED = 180


class TwoTrainers(RuleBasedStateMachine):
    """Pages are opened, marked and sent in any order; a plain list of values says what has to come out."""

    world: dict

    sendings = Bundle("sendings")

    @initialize()
    def begin(self):
        self.point = transaction.savepoint()
        self.people = [line.uuid for line in lines_of(self.world["session"])]
        # The reference: per person every accepted value with who saw what; nothing of the ledger's own rules.
        self.notes = {person: [] for person in self.people}
        self.pages = {name: self.seen_now() for name in ("ingrid", "sanda")}
        self.done = set()

    def teardown(self):
        if hasattr(self, "point"):
            transaction.savepoint_rollback(self.point)

    def seen_now(self):
        return {person: (len(notes), standing(notes), conflict(notes)) for person, notes in self.notes.items()}

    @rule(who=st.sampled_from(["ingrid", "sanda"]))
    def load_page(self, who):
        self.pages[who] = self.seen_now()

    @rule(
        target=sendings,
        who=st.sampled_from(["ingrid", "sanda"]),
        marks=st.dictionaries(st.integers(0, 2), st.sampled_from(MARKS), min_size=2, max_size=3),
        arrives=st.sampled_from([True, True, False]),
    )
    def mark(self, who, marks, arrives):
        """Somebody marks people on the page they have open; it arrives at once, or not yet."""
        page = self.pages[who]
        entries = []
        for number, value in marks.items():
            person = self.people[number]
            seen, shown, disputed = page[person]
            if disputed:
                continue  # the page offers the two opinions, not the bar
            entries.append((person, value, seen, shown, uuid4()))
        sending = (who, tuple(entries))
        if arrives:
            self.send(sending)
        return sending

    @rule(sending=sendings)
    def send_again(self, sending):
        """What was marked arrives late, once more, or after the other one's."""
        self.send(sending)

    def send(self, sending):
        who, entries = sending
        based = {person: self.seq_of(person, seen) for person, _value, seen, _shown, _event in entries}
        services.record_entries(
            session=self.world["session"],
            entries=[
                services.Entry(person, value.state, value.missed, based[person], event)
                for person, value, _seen, _shown, event in entries
            ],
            by=self.world[who],
        )
        for person, value, seen, shown, event in entries:
            self.take(person, value, seen, shown, event)

    def take(self, person, value, seen, shown, event):
        notes = self.notes[person]
        if event in self.done:
            return
        if seen == len(notes):
            if value != standing(notes) or conflict(notes):
                notes.append((value, False))
                self.done.add(event)
        elif value not in (shown, standing(notes)):
            notes.append((value, True))
            self.done.add(event)

    def seq_of(self, person, seen):
        """Translate "had seen so many notes" into the ledger's numbering."""
        records = AttendanceRecord.objects.filter(session=self.world["session"], participation__uuid=person)
        numbers = list(records.order_by("seq").values_list("seq", flat=True))
        return numbers[seen - 1] if seen else 0

    @rule(number=st.integers(0, 2), choice=st.integers(0, 5))
    def decide(self, number, choice):
        """Somebody who sees two opinions picks one."""
        person: UUID = self.people[number]
        line = next(line for line in lines_of(self.world["session"]) if line.uuid == person)
        if not line.conflict:
            return
        chosen = line.choices[choice % len(line.choices)]
        services.resolve_conflict(
            session=self.world["session"],
            participation=person,
            chosen=chosen.seq,
            based_on=line.version,
            by=self.world["ingrid"],
        )
        self.notes[person].append((chosen.mark, False))

    @invariant()
    def the_register_says_what_the_reference_says(self):
        if not hasattr(self, "notes"):
            return
        for line in lines_of(self.world["session"]):
            notes = self.notes[line.uuid]
            assert [(noted.mark, noted.conflicting) for noted in line.noted] == notes
            assert line.mark == standing(notes)
            assert bool(line.conflict) == conflict(notes)

    @invariant()
    def the_evidence_is_what_stands(self):
        if not hasattr(self, "notes"):
            return
        place: Enrolment = self.world["place"]
        mine = self.notes[self.world["ana_there"].uuid]
        assert minutes_of(place) == standing(mine).credited(PLANNED)
        told = Evidence.objects.filter(enrolment=place).order_by("pk").last()
        assert (int(told.amount) if told else 0) == sum(line.credited for line in attendance_of(place))

    @invariant()
    def the_chain_is_sound(self):
        if hasattr(self, "notes"):
            assert verify_chain(self.world["session"]) == []


def standing(notes):
    return next((value for value, contradicts in reversed(notes) if not contradicts), Mark(State.UNMARKED))


def conflict(notes):
    return bool(notes) and notes[-1][1]


@pytest.mark.django_db
def test_two_trainers_in_any_order(session, visit, ana_there, place, ingrid, sanda, stefan):
    for name in ("Guest One", "Guest Two"):
        services.add_person(visit=visit, name=name, role="guest", by=stefan)
    TwoTrainers.world = {
        "session": session,
        "ana_there": ana_there,
        "place": place,
        "ingrid": ingrid,
        "sanda": sanda,
    }

    run_state_machine_as_test(
        TwoTrainers,
        settings=settings(
            max_examples=30,
            stateful_step_count=20,
            deadline=None,
            database=None,
            phases=[Phase.generate],  # shrinking a failure against a database takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
