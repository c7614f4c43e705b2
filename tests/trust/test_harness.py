"""The harness of `make trust` in small: a real server is killed, crowded, and pressed four times at once."""

import os
import subprocess
import sys
from pathlib import Path

from django.db import connection

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.skipif(connection.vendor != "sqlite", reason="The harness brings its own database.")
def test_nothing_acknowledged_is_lost_and_nothing_happens_twice():
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}

    tried = subprocess.run(
        [sys.executable, ROOT / "scripts/trust", "--small"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert tried.returncode == 0, tried.stdout + tried.stderr
