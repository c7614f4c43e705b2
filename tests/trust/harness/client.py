"""People who answer, press buttons and keep a journal of what the server said it had saved."""

import http.client
import json
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.trust.harness.server import PORT

TOKEN = "t" * 32
PATIENCE = 60  # seconds a person goes on trying to save one answer


@dataclass
class Journal:
    """What was acknowledged: the events, and the last choice of every question."""

    events: set[str] = field(default_factory=set)
    last: dict[tuple[str, int], tuple[int, list[str]]] = field(default_factory=dict)
    answers: Counter = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, event: str, question: tuple[str, int], sequence: int, choices: list[str]) -> None:
        with self.lock:
            self.events.add(event)
            self.last[question] = max(self.last.get(question, (0, [])), (sequence, choices))


class Browser:
    """Somebody who is signed in; a broken connection is opened anew."""

    def __init__(self, cookie: str) -> None:
        self.headers = {
            "Host": "localhost",
            "Cookie": f"sessionid={cookie}; csrftoken={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)

    def post(self, url: str, **data: object) -> int:
        """Send a form and give the status; 0 when nothing came back."""
        try:
            self.connection.request("POST", url, urlencode({**data, "csrfmiddlewaretoken": TOKEN}), self.headers)
            response = self.connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            return 0
        return response.status


@dataclass
class Sitting:
    """One person's open attempt: whose cookie, which address, and the options of each question."""

    cookie: str
    attempt: str
    questions: dict[int, list[str]]

    def answer(self, journal: Journal, saves: int, *, patient: bool, pause: float = 0.0) -> None:
        """Save answers one after the other; a patient person sends each again until it is acknowledged."""
        browser = Browser(self.cookie)
        positions = list(self.questions)
        for number in range(saves):
            position = positions[number % len(positions)]
            choices = [self.questions[position][number % 3]]
            event, sequence = str(uuid.uuid4()), number + 1
            deadline = time.monotonic() + PATIENCE
            while True:
                status = browser.post(
                    f"/en/quizzes/{self.attempt}/{position}/answer/",
                    event_id=event,
                    sequence=sequence,
                    choices=json.dumps(choices),
                )
                with journal.lock:
                    journal.answers[status] += 1
                if status == 200:
                    journal.note(event, (self.attempt, position), sequence, choices)
                if status == 200 or not patient or time.monotonic() > deadline:
                    break
                time.sleep(0.2)
            time.sleep(pause)


def at_once(deeds: Iterable[Callable[[], object]]) -> list[object]:
    """Do everything at the same moment, each in a thread, and give what came back."""
    deeds = list(deeds)
    results: list[object] = [None] * len(deeds)
    barrier = threading.Barrier(len(deeds))

    def run(number: int, deed: Callable[[], object]) -> None:
        barrier.wait()
        results[number] = deed()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
