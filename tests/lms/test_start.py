"""`./run` says in one clear sentence what keeps it from starting, and stops everything together."""

import multiprocessing
import os
import socket

from django.core.management import CommandError, call_command

import pytest

from lms.management.commands import start


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", ""])
def test_start_refuses_what_is_not_a_port(port):
    with pytest.raises(CommandError, match="is not a port"):
        call_command("start", port)


def test_start_says_that_the_port_is_in_use():
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        somebody.listen()
        port = somebody.getsockname()[1]

        with pytest.raises(CommandError, match=rf"Port {port} is in use\. Choose another one: \./run \d+"):
            call_command("start", str(port))


def test_process_that_ends_by_itself_is_named():
    process = multiprocessing.get_context("fork").Process(name="worker", target=os._exit, args=[3])
    process.start()
    process.join()

    with pytest.raises(CommandError, match=r"The worker stopped by itself \(3\)"):
        start.ended([process])


def test_demonstration_is_due_until_it_is_noted_and_again_when_content_changes(db, monkeypatch, tmp_path, ana):
    monkeypatch.setattr(start, "stamp_file", lambda: tmp_path / "noted")
    before = start.demonstration_is_due()
    ana.is_demo = True
    ana.save()

    start.note_demonstration()
    noted = start.demonstration_is_due()
    monkeypatch.setattr(start, "content_digest", lambda: "other content")

    assert (before, noted, start.demonstration_is_due()) == (True, False, True)
