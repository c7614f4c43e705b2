"""Prints HTML as PDF in a warm worker process that is bounded in memory and time."""

import atexit
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connections
from django.utils.translation import gettext_lazy as _

from printing.frames import read_frame, write_frame
from printing.places import FONT_CONFIGURATION, PROJECT

logger = logging.getLogger(__name__)

_START_SECONDS = 60
_LAST_WORDS = {"memory", "engine_missing"}  # after these answers the worker has ended
_PRINTS_PER_WORKER = 200  # afterwards a fresh one: no leak of the engine can grow for ever

MESSAGES = {
    "timeout": _("Printing took too long and was stopped."),
    "memory": _("Printing needed too much memory and was stopped."),
    "blocked_asset": _("The document refers to a file that may not be printed."),
    "engine_missing": _(
        "The text engine Pango is missing on this machine. Install it with "
        "“apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0”."
    ),
    "in_transaction": _("Printing may not run inside a database transaction."),
    "busy": _("The printer is busy. Please try again in a minute."),
    "failed": _("The document could not be printed."),
}


class PrintError(Exception):
    """A document was not printed; `code` says why, `str()` says it to people, `detail` to the log."""

    def __init__(self, code: str, detail: str = ""):
        self.code = code
        self.detail = detail
        super().__init__(code, detail)

    def __str__(self) -> str:
        return str(MESSAGES[self.code])


class Pdf(bytes):
    """The bytes of a print, which also know how many pages they are."""

    pages: int


@dataclass(frozen=True)
class Limits:
    """What one kind of document may cost: bytes of memory, and seconds of work of the processor."""

    memory: int
    seconds: int

    @property
    def patience(self) -> int:
        """How long a caller waits at most: the press works at low priority, so a busy machine takes longer."""
        return 3 * self.seconds


CHAPTER = Limits(memory=512 * 1024**2, seconds=20)  # chapters, modules, certificates, forms
BOOK = Limits(memory=1536 * 1024**2, seconds=180)  # the whole manual


def print_pdf(
    html: str, *, profile: str = "ua-1", limits: Limits = CHAPTER, media: Mapping[str, bytes] | None = None
) -> Pdf:
    """Print one document; the same HTML always gives the same bytes.

    The HTML refers to our own files as `/static/print/…` or `/static/img/…` and to pictures as `data:`;
    `media` hands over uploaded pictures by the address the HTML uses for them.
    """
    if _inside_transaction():
        raise PrintError("in_transaction")
    with _presses_lock:
        press = _presses.setdefault(limits, _Press(limits))
    return press.print(html, profile, media or {})


def _inside_transaction() -> bool:
    # The transaction that a test case wraps around everything is not the caller's.
    return any(
        not block._from_testcase
        for connection in connections.all(initialized_only=True)
        for block in connection.atomic_blocks
    )


class _Press:
    """One worker at most, one document at a time."""

    def __init__(self, limits: Limits):
        self.limits = limits
        self._lock = threading.Lock()
        self._worker: subprocess.Popen | None = None
        self._complaints = None
        self._printed = 0

    def print(self, html: str, profile: str, media: Mapping[str, bytes]) -> Pdf:
        if not self._lock.acquire(timeout=self.limits.patience):
            raise PrintError("busy")
        try:
            self._start()
            job = {"profile": profile, "seconds": self.limits.seconds, "media": list(media)}
            head, parts = self._exchange(self.limits.patience, job, html.encode(), *media.values())
        finally:
            self._lock.release()
        for note in head.get("notes", ()):
            logger.warning("print: %s", note)
        pdf = Pdf(parts[0])
        pdf.pages = head["pages"]
        return pdf

    def stop(self) -> None:
        """End the worker; the next print starts another."""
        worker, self._worker, self._printed = self._worker, None, 0
        if worker is None:
            return
        worker.kill()
        worker.wait()
        worker.stdin.close()
        worker.stdout.close()
        self._complaints.close()

    def abandon(self) -> None:
        """Let go of a worker that belongs to the process we were forked from."""
        if self._worker is not None:
            os.close(self._worker.stdin.fileno())
            os.close(self._worker.stdout.fileno())

    def _start(self) -> None:
        if self._worker is not None and (self._worker.poll() is not None or self._printed >= _PRINTS_PER_WORKER):
            self.stop()
        self._printed += 1
        if self._worker is not None:
            return
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 – lives as long as the worker
        environment = {
            name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH") if name in os.environ
        }
        self._worker = subprocess.Popen(  # noqa: S603 – our own module, no words of strangers
            [sys.executable, "-m", "printing.worker", str(self.limits.memory)],
            cwd=PROJECT,
            env=environment
            | {"FONTCONFIG_FILE": str(FONT_CONFIGURATION), "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
        )
        self._exchange(_START_SECONDS)

    def _exchange(self, seconds: int, job: dict | None = None, *parts: bytes) -> tuple[dict, list[bytes]]:
        """Send a job, if any, and wait for the answer; past the time the worker is killed and the pipe breaks."""
        worker = self._worker
        expired = threading.Event()

        def give_up():
            expired.set()
            worker.kill()

        clock = threading.Timer(seconds, give_up)
        clock.daemon = True
        clock.start()
        try:
            if job is not None:
                write_frame(worker.stdin, job, *parts)
            head, answer = read_frame(worker.stdout)
        except (EOFError, OSError) as error:
            code = "timeout" if expired.is_set() else self._cause_of_death()
            self.stop()
            raise PrintError(code) from error
        except BaseException:
            # The caller was interrupted: a worker left half way would hand its page to the next caller.
            self.stop()
            raise
        finally:
            clock.cancel()
        if "error" in head:
            if head["error"] in _LAST_WORDS:
                self.stop()
            raise PrintError(head["error"], head["detail"])
        return head, answer

    def _cause_of_death(self) -> str:
        self._worker.wait()
        if self._worker.returncode == -signal.SIGPROF:
            return "timeout"
        self._complaints.seek(0)
        last_words = self._complaints.read()[-2000:].decode(errors="replace")
        logger.error("The press stopped with code %s: %s", self._worker.returncode, last_words)
        return "memory" if "memory" in last_words.lower() or "alloc" in last_words else "failed"


_presses: dict[Limits, _Press] = {}
_presses_lock = threading.Lock()


def _stop_all() -> None:
    for press in _presses.values():
        press.stop()


def _forget_after_fork() -> None:
    """A forked web process starts its own worker: two processes on one pipe would read each other's pages."""
    global _presses_lock
    for press in _presses.values():
        press.abandon()
    _presses.clear()
    _presses_lock = threading.Lock()


atexit.register(_stop_all)
os.register_at_fork(after_in_child=_forget_after_fork)
