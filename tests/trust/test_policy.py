"""The policy table covers every route, and nothing but routes."""

from fnmatch import fnmatchcase

import pytest

from lms.policy import POLICY, audience_of, line_for, routes


def test_every_route_is_declared():
    undeclared = [f"{name} ({path})" for name, path in routes().items() if line_for(name) is None]

    assert undeclared == []


def test_every_line_has_a_route():
    names = routes()
    gone = [line for line in POLICY if not any(name == line or fnmatchcase(name, line) for name in names)]

    assert gone == []


def test_every_line_decides_something():
    decided = {line_for(name) for name in routes()}

    assert set(POLICY) - decided == set()


def test_routes_of_our_own_are_declared_one_by_one():
    ours = ("accounts:", "manual:", "courses:", "quizzes:", "attendance:", "certificates:", "pages:")

    assert [name for name in routes() if name.startswith(ours) and line_for(name) != name] == []


def test_undeclared_route_opens_to_nobody():
    with pytest.raises(LookupError):
        audience_of("courses:secrets")
