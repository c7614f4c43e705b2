"""Two trainers press Save in the same instant."""

import threading

from django.db import connection

import pytest

from attendance import services
from attendance.models import AttendanceRecord
from attendance.selectors import register_for, verify_chain
from courses.models import Evidence
from tests.factories.attendance import entry


@pytest.mark.django_db(transaction=True)
def test_records_of_two_people_at_once_make_one_chain(session, visit, ana_there, ingrid, sanda, stefan):
    people = [ana_there]
    people += [services.add_person(visit=visit, name=f"Guest {n}", role="guest", by=stefan) for n in range(3)]
    start, failures = threading.Barrier(2), []

    def keep(by, state):
        start.wait()
        try:
            for person in people:
                services.record_entries(session=session, entries=[entry(person, state)], by=by)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=keep, args=pair) for pair in ((ingrid, "present"), (sanda, "absent"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert failures == []
    assert list(AttendanceRecord.objects.values_list("seq", flat=True)) == list(range(1, 9))
    assert [len(line.conflict) for line in register_for(session).lines] == [1, 1, 1, 1]
    assert verify_chain(session) == []
    assert Evidence.objects.count() == 1
