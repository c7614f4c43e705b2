"""Visits and half-days, planned through the doors."""

import datetime as dt
import uuid

from attendance import services
from attendance.register import Mark, State

VISIT_FACTS = {
    "key": "oslo-2026",
    "title": "Oslo: how services find each other",
    "host": "Example Foundation",
    "place": "Oslo",
    "country": "NO",
    "time_zone": "Europe/Oslo",
    "starts": dt.date(2026, 11, 2),
    "ends": dt.date(2026, 11, 4),
}


def visit_for(*cohorts, by, **facts):
    """Plan a study visit."""
    return services.plan_visit(by=by, cohorts=cohorts, **{**VISIT_FACTS, **facts})


def plan_of_half_day(*cohorts, **facts):
    """Say what a half-day is to be: in the morning of 2 November 2026, unless said otherwise."""
    plan = {
        "title": "Who does what in Norway",
        "half": "am",
        "day": dt.date(2026, 11, 2),
        "begins": dt.time(9),
        "finishes": dt.time(12),
        "minutes": 180,
        "cohorts": cohorts,
    }
    return services.SessionPlan(**{**plan, **facts})


def session_for(*cohorts, by, **facts):
    """Plan a half-day."""
    return services.plan_session(plan=plan_of_half_day(*cohorts, **facts), by=by)


def entry(participation, state, missed=0, *, based_on=0, event_id=None):
    """What a trainer enters for one person."""
    return services.Entry(participation.uuid, State(state), missed, based_on, event_id or uuid.uuid4())


def mark(state, missed=0):
    return Mark(State(state), missed)
