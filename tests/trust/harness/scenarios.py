"""The scenarios: kill, crowd, four presses, no database, full disk; each compares the journals with the database."""

import io
import os
import random
import sqlite3
import tempfile
import threading
import time
import uuid
from collections import Counter
from pathlib import Path

import django

from tests.trust.harness.client import Browser, Journal, Sitting, at_once
from tests.trust.harness.server import Cluster, Server, TinyDisk, is_up, wait_until

AT_ONCE = 25  # people whose four presses fall together
CALM = {200, 503, 0}  # saved, not now, or no connection at all


def run(*, small: bool) -> dict[str, str]:
    """Prepare the database of this process and try everything; give the figure of each promise."""
    postgresql = Cluster(os.environ["DATABASE_URL"]) if os.environ["DATABASE_URL"].startswith("postgres") else None
    if postgresql:
        postgresql.stop()
        postgresql.start()
    django.setup()
    from django.core.management import call_command

    call_command("prepare", verbosity=0)
    call_command("build_demo", verbosity=0, stdout=io.StringIO())
    people, saves, kills = (6, 8, 1) if small else (50, 20, 10)
    figures = {}
    with Server() as server:
        figures["H1"] = kill(server, people=people, saves=saves, kills=kills)
        figures["H2"] = crowd(people=people if small else 200, saves=saves)
        figures["H3"] = press_four_times(people=people if small else 200)
        if postgresql:
            figures["down"] = database_down(postgresql, people=people, saves=saves)
    if not postgresql and not small:
        figures["full"] = disk_full(people=people, saves=saves)
    return figures


# --- The scenarios ----------------------------------------------------------------------------------------------------


def kill(server: Server, *, people: int, saves: int, kills: int) -> str:
    """Kill master and workers again and again while everybody saves."""
    class_ = Class(people)
    journal, ended, killed = Journal(), threading.Event(), []

    def killer() -> None:
        while len(killed) < kills and not ended.wait(random.uniform(0.5, 1.5)):
            server.kill()
            killed.append(time.monotonic())
            server.start()

    thread = threading.Thread(target=killer)
    thread.start()
    pause = 0.1 if kills == 1 else kills * 2.2 / saves
    class_.answer(journal, saves, patient=True, pause=pause)
    ended.set()
    thread.join()
    return verdict(journal, class_.stored(), of=people * saves, also=f", server killed {len(killed)} times")


def crowd(*, people: int, saves: int) -> str:
    """Let everybody save as fast as they can, once each, and count what failed."""
    class_ = Class(people)
    journal = Journal()
    began = time.monotonic()
    class_.answer(journal, saves, patient=False)
    rate = people * saves / (time.monotonic() - began)
    failed = sum(count for status, count in journal.answers.items() if status != 200)
    seen = "" if not failed else f" (answers: {dict(journal.answers)})"
    return f"**{failed}** of {people * saves:,} failed{seen}, {people} people, {rate:.0f} saves a second"


def press_four_times(*, people: int) -> str:
    """Press “begin” four times at once, then “hand in” four times at once."""
    from certificates.models import Certificate
    from quizzes.models import Attempt, Grade

    class_ = Class(people, begin=False)
    statuses: Counter = Counter()
    for group in groups(class_.places):
        statuses.update(at_once([class_.pressing_begin(place) for place in group for _ in range(4)]))
    attempts = Attempt.objects.filter(enrolment__in=class_.places)
    uuids = {attempt.enrolment_id: attempt.uuid for attempt in attempts}
    for group in groups(class_.places):
        deeds = [class_.pressing_submit(place, uuids.get(place.pk)) for place in group for _ in range(4)]
        statuses.update(at_once(deeds))
    made = {
        "attempts": attempts.count(),
        "grades": Grade.objects.filter(attempt__in=attempts).count(),
        "certificates": Certificate.objects.filter(enrolment__in=class_.places).count(),
    }
    wrong = sum(abs(count - people) for count in made.values())
    broken = sum(count for status, count in statuses.items() if status == 0 or status >= 500)
    counted = ", ".join(f"{count} {what}" for what, count in made.items())
    return f"**{wrong + broken}** of {people} people × 8 presses ({counted}; {broken} errors)"


def database_down(cluster: Cluster, *, people: int, saves: int) -> str:
    """Take the database away for four seconds while everybody saves."""
    class_ = Class(people)
    journal = Journal()
    recovery: list[float] = []

    def outage() -> None:
        time.sleep(1)
        cluster.stop()
        time.sleep(4)
        cluster.start()
        recovery.append(wait_until(is_up))

    thread = threading.Thread(target=outage)
    thread.start()
    class_.answer(journal, saves, patient=True, pause=0.3)
    thread.join()
    return verdict(
        journal,
        class_.stored(),
        of=people * saves,
        also=f", {journal.answers[503]} answered 503, again in use after {recovery[0]:.1f} s",
    )


def disk_full(*, people: int, saves: int) -> str:
    """Fill the disk under the database while everybody saves, then free it."""
    from django.db import connection

    class_ = Class(people)
    with tempfile.TemporaryDirectory() as folder, TinyDisk(Path(folder) / "disk", 48) as disk:
        if disk is None:
            return "not measured here: this machine lets us mount no file system"
        path = disk.folder / "db.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        sqlite3.connect(path).execute("PRAGMA journal_mode = WAL").connection.close()
        journal = Journal()
        with Server(DATABASE_URL=f"sqlite:///{path}"):
            disk.fill()
            class_.answer(journal, 3, patient=False)
            refused = journal.answers[503]
            disk.free()
            class_.answer(journal, saves, patient=True)
        other = sqlite3.connect(path)
        sound = other.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        stored = Counter(str(uuid.UUID(row[0])) for row in other.execute("SELECT event_id FROM quizzes_answerevent"))
        other.close()
    lost = len(journal.events - set(stored)) + (not sound)
    others = sum(count for status, count in journal.answers.items() if status not in CALM)
    return f"**{lost + others}** of {people * (saves + 3):,}, {refused} answered 503 while the disk was full"


def verdict(journal: Journal, stored: "Stored", *, of: int, also: str) -> str:
    """Compare what was acknowledged with what is there."""
    lost = len(journal.events - set(stored.events))
    doubled = sum(count - 1 for count in stored.events.values())
    turned = sum(1 for question, (_n, choices) in journal.last.items() if stored.last.get(question) != choices)
    others = sum(count for status, count in journal.answers.items() if status not in CALM)
    unsaved = of - len(journal.events)
    figure = (
        f"**{lost + doubled + turned + others + unsaved}** of {of:,} ({lost} lost, {doubled} doubled, {turned} turned"
    )
    return f"{figure}, {others} other errors, {unsaved} never saved){also}"


# --- A class in front of its quiz -------------------------------------------------------------------------------------


class Stored:
    """What the database holds of some attempts: each event, and the answer that counts for every question."""

    def __init__(self, attempts) -> None:
        from django.db import connection

        from quizzes.models import AnswerEvent

        connection.close()  # Ours may have died with the database.
        rows = AnswerEvent.objects.filter(attempt__in=attempts, outcome="saved").order_by("sequence", "pk")
        values = list(rows.values_list("event_id", "attempt__uuid", "item__position", "choices"))
        self.events = Counter(str(row[0]) for row in values)
        self.last = {(str(row[1]), row[2]): row[3] for row in values}


class Class:
    """A new cohort that is asked for the quiz of module 1 and nothing else, with everybody signed in."""

    def __init__(self, people: int, *, begin: bool = True) -> None:
        from accounts.models import User
        from quizzes.models import Quiz
        from quizzes.services import start_attempt
        from tests.factories.courses import CohortFactory, CourseFactory, RequirementFactory, enrolment_of

        self.quiz = Quiz.objects.get(key="m01-quiz")
        key = f"trust-{uuid.uuid4().hex[:8]}"
        course = CourseFactory(key=key)
        RequirementFactory(course=course, kind="quiz", about=self.quiz.key, threshold=0)
        cohort = CohortFactory(course=course, key=key, language="en")
        members = [User(email=f"{key}-{number}@example.org", name=f"Person {number}") for number in range(people)]
        for member in members:
            member.set_unusable_password()
            member.save()
        self.places = [enrolment_of(member, cohort) for member in members]
        self.cookies = {place.pk: signed_in(place.user) for place in self.places}
        self.sittings = []
        for place in self.places if begin else []:
            attempt = start_attempt(enrolment=place, quiz=self.quiz, by=place.user, language="en")
            questions = {
                item.position: [option["id"] for option in item.paper["options"]][:3] for item in attempt.items.all()
            }
            self.sittings.append(Sitting(self.cookies[place.pk], str(attempt.uuid), questions))

    def answer(self, journal: Journal, saves: int, **how: object) -> None:
        """Let everybody answer at once."""
        at_once([lambda sitting=sitting: sitting.answer(journal, saves, **how) for sitting in self.sittings])

    def stored(self) -> Stored:
        from quizzes.models import Attempt

        return Stored(Attempt.objects.filter(enrolment__in=self.places))

    def pressing_begin(self, place):
        browser = Browser(self.cookies[place.pk])
        return lambda: browser.post(f"/en/quizzes/{self.quiz.key}/start/", enrolment=str(place.uuid))

    def pressing_submit(self, place, attempt):
        browser = Browser(self.cookies[place.pk])
        return lambda: browser.post(f"/en/quizzes/{attempt}/submit/")


def signed_in(user) -> str:
    """Open a session as signing in does, and give its cookie."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def groups(places):
    """Cut a class into groups whose presses fall together."""
    return [places[start : start + AT_ONCE] for start in range(0, len(places), AT_ONCE)]
