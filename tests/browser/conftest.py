"""A running site for the browser: what `./run` starts, on a database of its own, in Debian's Chromium.

Tests here touch no database of this process. They walk the demonstration as its people do; whoever changes
something that others read asks for `own_site`, a fresh copy for this test alone.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.database import fingerprint

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
READY_SECONDS = 120
LAST_LINE = "only on this machine."  # the people of the demonstration stand before it


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parent.parts:
            item.add_marker(pytest.mark.browser)


@dataclass
class Site:
    """A site that listens, and how to end it."""

    url: str
    folder: Path
    process: subprocess.Popen

    @property
    def database(self):
        return self.folder / "db.sqlite3"

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(40)


def environment(folder):
    return {
        **{name: value for name, value in os.environ.items() if name != "BEGAN"},
        "DJANGO_SETTINGS_MODULE": "lms.settings.dev",
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "SEAL_KEY_FILE": str(folder / "seal.key"),
        "DEMO": "1",
    }


def start(folder):
    """Serve what lies in a folder, as `./run` would."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    log = (folder / "log").open("w")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "start", str(port)],
        cwd=ROOT,
        env={**environment(folder), "SITE_URL": f"http://localhost:{port}"},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    log.close()
    site = Site(f"http://localhost:{port}", folder, process)
    deadline = time.monotonic() + READY_SECONDS
    while LAST_LINE not in (folder / "log").read_text():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            pytest.fail(f"The site did not start:\n{(folder / 'log').read_text()}", pytrace=False)
        time.sleep(0.1)
    urllib.request.urlopen(f"{site.url}/healthz", timeout=10).close()
    return site


@pytest.fixture(scope="session")
def demonstration(request, tmp_path_factory):
    """A folder with the database and the files of the demonstration, made once."""
    folder = tmp_path_factory.mktemp("demonstration")
    migrated = Path(request.config.cache.mkdir("database")) / f"{fingerprint()}.sqlite3"
    if migrated.exists():  # from an earlier run of the other tests: saves the time, proves the same
        shutil.copy(migrated, folder / "db.sqlite3")
    start(folder).stop()
    return folder


@pytest.fixture(scope="session")
def site(demonstration, tmp_path_factory):
    """The site that most tests share."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(demonstration, folder, dirs_exist_ok=True)
    running = start(folder)
    yield running
    running.stop()


@pytest.fixture
def own_site(demonstration, tmp_path):
    """A site for this test alone."""
    shutil.copytree(demonstration, tmp_path, dirs_exist_ok=True)
    running = start(tmp_path)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def people(demonstration):
    """The addresses of the demonstration's people by role, as `./run` prints them, and their password."""
    told = (demonstration / "log").read_text()
    people = dict(re.findall(r"^ {4}(\w+) +(\S+@\S+)", told, re.M))
    people["password"] = re.search(r"with the password +(\S+)", told).group(1)
    return people


@pytest.fixture(scope="session")
def base_url(site):
    """What relative addresses lead to: `page.goto("/en/")`."""
    return site.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": list(QUIET)}


@pytest.fixture
def sign_in(page, people):
    """Sign somebody in through the door: `sign_in("trainee")`."""

    def through_the_door(role, at=""):
        page.goto(f"{at}/en/accounts/login/")
        page.fill("input[name=login]", people[role])
        page.fill("input[name=password]", people["password"])
        page.click("main button[type=submit]")
        page.wait_for_url(lambda address: "/accounts/login" not in address)

    return through_the_door
