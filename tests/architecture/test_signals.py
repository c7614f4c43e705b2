"""Signals call up the layers, from few places, in few lines."""

import ast
import re

from tests.architecture.sources import code, found, functions, name, steps


def test_signals_are_received_in_receivers_only():
    elsewhere = [path for path in code() if path.stem != "receivers"]

    assert found(re.compile(r"@receiver\b|\.connect\("), elsewhere) == []


def test_models_announce_nothing_when_saved():
    assert found(re.compile(r"\b(pre|post)_(save|delete|init)\b|\bm2m_changed\b"), code()) == []


def test_every_receiver_is_connected_once():
    careless = [
        f"{name(path)}: {function.name}"
        for path in code("receivers")
        for function in functions(path)
        for decorator in function.decorator_list
        if "receiver" in ast.unparse(decorator) and "dispatch_uid" not in ast.unparse(decorator)
    ]

    assert careless == []


def test_receivers_and_tasks_hold_no_logic():
    long = [
        f"{name(path)}: {function.name} takes {steps(function)} steps"
        for path in code("receivers", "tasks")
        for function in functions(path)
        if steps(function) > 5
    ]

    assert long == []
