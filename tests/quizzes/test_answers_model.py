"""Answers from two tabs in any order, compared with a model of what should be kept."""

import uuid

from django.db import transaction

from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.models import AnswerEvent
from quizzes.selectors import lines_of
from tests.factories.quizzes import answer, attempt_of

steps = st.lists(
    st.tuples(
        st.integers(1, 4),  # question
        st.integers(0, 3),  # option
        st.integers(1, 6),  # sequence
        st.booleans(),  # sent twice
    ),
    max_size=12,
)


def test_latest_sequence_counts_and_nothing_is_lost(place, quiz):
    attempt = attempt_of(place, quiz)
    ids = {item.position: [option["id"] for option in item.paper["options"]] for item in attempt.items.all()}

    @settings(max_examples=60, deadline=None)
    @given(steps)
    def run(sent):
        with transaction.atomic():
            point = transaction.savepoint()
            counts = {}
            for position, option, sequence, twice in sent:
                event, chosen = uuid.uuid4(), [ids[position][option]]
                for _ in range(1 + twice):
                    saved = answer(attempt, position, chosen, sequence=sequence, event_id=event)
                newer = sequence > counts.get(position, (0, None))[0]
                assert saved.outcome == ("saved" if newer else "older")
                if newer:
                    counts[position] = (sequence, chosen)
                assert list(saved.chosen) == counts[position][1]

            assert {line.position: line.chosen for line in lines_of(attempt) if line.is_answered} == {
                position: tuple(chosen) for position, (_, chosen) in counts.items()
            }
            assert AnswerEvent.objects.count() == len(sent)
            transaction.savepoint_rollback(point)

    run()
