"""What `./run` starts: one login for each role, the data kept, and nothing left behind when it stops."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, environment

ROLES = ["trainee", "trainer", "editor", "coordinator", "administrator"]


def children(pid):
    """List the processes that a process has started (Linux)."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.parametrize("role", ROLES)
def test_everybody_who_is_printed_can_sign_in(page, sign_in, role):
    sign_in(role)

    answer = page.goto("/en/learn/")

    assert (answer.status, page.url.endswith("/en/learn/")) == (200, True)


def test_second_start_loads_nothing_again(demonstration, own_site):
    first, second = (demonstration / "log").read_text(), (own_site.folder / "log").read_text()

    assert "Loading the manual and the demonstration." in first
    assert "Loading" not in second


def test_when_the_worker_dies_the_web_server_is_stopped_and_it_is_said(own_site):
    [worker] = [child for child in children(own_site.process.pid) if not children(child)]

    os.kill(worker, signal.SIGKILL)
    own_site.process.wait(40)

    assert own_site.process.returncode == 1
    assert "The worker stopped by itself (-9); the rest is stopped too." in (own_site.folder / "log").read_text()
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"{own_site.url}/healthz", timeout=5)


def test_port_in_use_is_said_in_one_sentence(site):
    port = site.url.rsplit(":", 1)[1]

    result = subprocess.run(
        [sys.executable, "manage.py", "start", port],
        cwd=ROOT,
        env=environment(site.folder),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert result.returncode == 1
    assert result.stderr.strip() == f"CommandError: Port {port} is in use. Choose another one: ./run {int(port) + 1}"
