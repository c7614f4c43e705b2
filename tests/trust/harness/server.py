"""A real server in a process group of its own, to be killed as a power cut would, and databases to be taken away."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit


def free_port() -> int:
    """Ask the system for a port that nobody uses, so that two trials at once do not meet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


PORT = free_port()


class Server:
    """Gunicorn with the settings of production's workers; `kill` takes master and workers at once."""

    def __init__(self, **environment: str) -> None:
        self.environment = {**os.environ, "BIND": f"127.0.0.1:{PORT}", "WEB_CONCURRENCY": "2", **environment}

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "python:lms.gunicorn"],
            env=self.environment,
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )
        wait_until(is_up)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()


def is_up() -> bool:
    """Whether the server answers and its database too."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False


def wait_until(condition, seconds: float = 60) -> float:
    """Wait for something and say how long it took."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"Waited {seconds} seconds in vain.")
        time.sleep(0.05)
    return time.monotonic() - began


class Cluster:
    """The temporary PostgreSQL cluster of this process, stopped and started as its owner."""

    def __init__(self, url: str) -> None:
        self.folder = Path(unquote(urlsplit(url).netloc.split("@")[1]))
        self.pg_ctl = max(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))

    def run(self, *arguments: str) -> None:
        owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*owner, str(self.pg_ctl), "-D", str(self.folder / "data"), "-w", *arguments]
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL)

    def stop(self) -> None:
        """End it at once, as a crash would."""
        self.run("-m", "immediate", "stop")

    def start(self) -> None:
        """Begin again, waiting for the disk at every commit."""
        options = f"-c listen_addresses='' -k {self.folder} -c max_connections=80"
        self.run("-l", str(self.folder / "log"), "-o", options, "start")


class TinyDisk:
    """A file system of a few megabytes, where this machine lets us have one."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.folder, self.megabytes = folder, megabytes

    def __enter__(self) -> "TinyDisk | None":
        self.folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={self.megabytes}m", "tmpfs", str(self.folder)]
        self.mounted = subprocess.run(command, check=False, capture_output=True).returncode == 0
        return self if self.mounted else None

    def __exit__(self, *error: object) -> None:
        if self.mounted:
            subprocess.run(["umount", str(self.folder)], check=True)

    def fill(self) -> None:
        with (self.folder / "ballast").open("wb", buffering=0) as ballast:
            try:
                while True:
                    ballast.write(b"\0" * 4096)
            except OSError:
                pass

    def free(self) -> None:
        (self.folder / "ballast").unlink()
