"""Prints one document after another in a process of its own, poor in memory and deaf to the network."""

import logging
import os
import resource
import signal
import sys
import tempfile

from printing.frames import read_frame, write_frame
from printing.places import FONT_CONFIGURATION, STATIC

_READABLE = (sys.prefix, sys.base_prefix, str(STATIC), str(FONT_CONFIGURATION.parent), tempfile.gettempdir())
_FORBIDDEN = {"socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec"}


class _Notes(logging.Handler):
    """Collects what the engine complains about, for the press to log."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage()[:300])


def main() -> None:
    """Load the engine, say so, and print until the press closes the pipe."""
    memory = int(sys.argv[1])
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing an engine prints may slip between two frames
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        from printing.fetcher import BlockedAsset
        from printing.render import fonts, render_pdf
    except OSError as error:  # Pango or one of its companions is not installed
        write_frame(target, {"error": "engine_missing", "detail": str(error)[:300]})
        return
    notes = _Notes()
    logger = logging.getLogger("weasyprint")
    logger.handlers, logger.propagate = [notes], False
    fonts()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    sys.addaudithook(_fence)
    write_frame(target, {"ready": True})
    while True:
        try:
            job, (html, *media) = read_frame(source)
        except EOFError:
            return
        # Work is counted, not waiting: on a busy machine a page may take its time. The signal ends the process.
        signal.setitimer(signal.ITIMER_PROF, job["seconds"])
        notes.lines = []
        try:
            pdf, pages = render_pdf(
                html.decode(), profile=job["profile"], media=dict(zip(job["media"], media, strict=True))
            )
        except BlockedAsset as error:
            write_frame(target, {"error": "blocked_asset", "detail": error.url})
        except MemoryError:
            write_frame(target, {"error": "memory", "detail": ""})
            return  # what is left of the heap is not worth another document
        except Exception as error:
            write_frame(target, {"error": "failed", "detail": f"{type(error).__name__}: {error}"[:300]})
        else:
            write_frame(target, {"notes": notes.lines[:20], "pages": pages}, pdf)
        signal.setitimer(signal.ITIMER_PROF, 0)


def _fence(event: str, arguments: tuple) -> None:
    """A second fence behind the fetcher: no connection, no other program, no file of the project."""
    if event in _FORBIDDEN:
        raise PermissionError(f"{event} is not allowed in the press.")
    if event == "open" and isinstance(arguments[0], str | bytes):
        path = os.path.realpath(os.fsdecode(arguments[0]))
        if not path.startswith(_READABLE):
            raise PermissionError(f"{path} is not ours to read.")


if __name__ == "__main__":
    main()
