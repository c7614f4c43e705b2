"""Serves the site on this machine: the database, the demonstration, then the web server and the worker."""

import hashlib
import multiprocessing
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.utils.text import slugify

from gunicorn.app.wsgiapp import WSGIApplication

from accounts import roles
from accounts.models import User

CONTENT = ("manual/content", "lms/demonstration", "lms/management/commands/build_demo.py")
READY_SECONDS = 60
STOP_SECONDS = 25  # longer than gunicorn takes to let running requests end


class Command(BaseCommand):
    help = "Bring the database up to date, load the demonstration, and serve the site until Ctrl-C."
    requires_system_checks = []  # `prepare` runs them, and tells them in a newcomer's words

    def add_arguments(self, parser):
        parser.add_argument("port", nargs="?", default="8000")

    def handle(self, *, port, **options):
        self.began = float(os.environ.get("BEGAN") or time.time())
        door = open_door(port)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, interrupt)
        try:
            self.prepare()
            self.serve(door)
        except KeyboardInterrupt:
            self.say("Stopped. Everything that was saved is kept.")

    def say(self, text):
        self.stdout.write(f"{time.time() - self.began:4.0f} s  {text}")
        self.stdout.flush()

    def prepare(self):
        for message in run_checks():
            if message.is_serious():
                raise CommandError(str(message))
            self.say(f"{message.msg} {message.hint or ''}".rstrip())
        self.say("Bringing the database up to date.")
        make_folders()
        call_command("prepare")
        if settings.DEMO and demonstration_is_due():
            self.load_demonstration()
        connections.close_all()

    def load_demonstration(self):
        self.say("Loading the manual and the demonstration.")
        told = StringIO()
        try:
            call_command("build_demo", stdout=told, verbosity=0)
        except CommandError as error:
            if not demonstration_people():
                raise
            # An editor and a file have both changed a text: that is for people to decide, and the site goes on.
            self.stdout.write(told.getvalue())
            self.say(str(error))
        else:
            note_demonstration()
            self.say(f"Loaded: {told.getvalue().strip().splitlines()[-1]}")

    def serve(self, door):
        self.say("Starting the web server and the worker.")
        port = door.getsockname()[1]
        # Forked, not started afresh: this process has already loaded all that they need.
        fork = multiprocessing.get_context("fork")
        processes = [
            fork.Process(name="web server", target=run_web_server, args=[door]),
            fork.Process(name="worker", target=run_worker, args=[door]),
        ]
        try:
            for process in processes:
                process.start()
            door.close()
            self.wait_until_ready(port, processes)
            self.welcome(port)
            while True:
                ended(processes)
                time.sleep(0.5)
        finally:
            stop(processes)

    def wait_until_ready(self, port, processes):
        deadline = time.time() + READY_SECONDS
        while time.time() < deadline:
            ended(processes)
            with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
                return
            time.sleep(0.1)
        raise CommandError(f"The web server did not answer within {READY_SECONDS} seconds.")

    def welcome(self, port):
        self.say("Ready.")
        self.stdout.write(f"\n  http://localhost:{port}/        (Ctrl-C stops it)\n")
        if settings.DEMO:
            self.stdout.write(f"  Sign in as one of these, with the password  {settings.DEMO_PASSWORD}\n")
            for role, user in demonstration_people():
                self.stdout.write(f"    {role:<14} {user.email:<28} {user.name}")
            self.stdout.write("\n  They work in this demonstration only, and only on this machine.\n")
        self.stdout.flush()


def open_door(text):
    """Take the port before anything else, so that nobody takes it meanwhile; the web server inherits it."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise CommandError(f"“{text}” is not a port. Give a number from 1 to 65535, for example: ./run 8001")
    try:
        return socket.create_server(("127.0.0.1", int(text)), backlog=100)
    except PermissionError:
        raise CommandError(f"Port {text} needs more rights. Choose one above 1023: ./run 8000") from None
    except OSError:
        raise CommandError(f"Port {text} is in use. Choose another one: ./run {int(text) % 65535 + 1}") from None


def interrupt(*args):
    """Treat other ways of asking us to stop as Ctrl-C."""
    raise KeyboardInterrupt


def make_folders():
    """Make the places that are not in the repository."""
    for folder in (settings.MEDIA_ROOT, settings.STATIC_ROOT):
        Path(folder).mkdir(parents=True, exist_ok=True)
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():
        Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)


# --- The demonstration ------------------------------------------------------------------------------------------------


def demonstration_is_due():
    """Whether this database has no demonstration yet, or the files it is made from have changed."""
    try:
        same = stamp_file().read_text() == content_digest()
    except FileNotFoundError:
        same = False
    return not (same and demonstration_people())


def note_demonstration():
    stamp_file().parent.mkdir(parents=True, exist_ok=True)
    stamp_file().write_text(content_digest())


def stamp_file():
    """Keep the note beside the SQLite file, so that it travels with it, and for a server by the database's name."""
    if connection.vendor == "sqlite":
        return Path(connection.settings_dict["NAME"]).with_suffix(".demonstration")
    return settings.BASE_DIR / "var" / f"{slugify(connection.settings_dict['NAME'])}.demonstration"


def content_digest():
    """Name the state of the files that the demonstration is made from."""
    digest = hashlib.sha256()
    for place in (settings.BASE_DIR / name for name in CONTENT):
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(f"{file.relative_to(settings.BASE_DIR)}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def demonstration_people():
    """List one demonstration account for each role, the most trusted last."""
    people = User.objects.filter(is_demo=True, is_active=True).order_by("pk")
    found = [("trainee", people.filter(groups=None, is_superuser=False).first())]
    for role in (roles.TRAINER, roles.EDITOR, roles.COORDINATOR, roles.ADMINISTRATOR):
        found.append((role.rstrip("s").lower(), people.filter(groups__name=role).first()))
    return [(role, person) for role, person in found if person]


# --- The two processes ------------------------------------------------------------------------------------------------


def run_web_server(door):
    """Be gunicorn, at the door that the parent holds open."""
    leave_parent()
    os.environ["BIND"] = f"fd://{door.fileno()}"
    sys.argv = ["gunicorn", "-c", "python:lms.gunicorn"]
    WSGIApplication().run()


def run_worker(door):
    """Be the worker of the background tasks."""
    leave_parent()
    door.close()
    call_command("db_worker", startup_delay=False, verbosity=0)


def leave_parent():
    """Be a group of one's own, so that Ctrl-C reaches only the parent, which ends everybody once and gently."""
    os.setpgid(0, 0)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def ended(processes):
    """Raise when one of the processes has stopped by itself."""
    for process in processes:
        if process.exitcode is not None:
            raise CommandError(f"The {process.name} stopped by itself ({process.exitcode}); the rest is stopped too.")


def stop(processes):
    """End the processes gently, then for good; impatience does not break into it."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    running = [process for process in processes if process.is_alive()]
    for process in running:
        process.terminate()
    for process in running:
        process.join(STOP_SECONDS)
        if process.is_alive():
            process.kill()
