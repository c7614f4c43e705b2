"""Knocking at doors: one request that leaves no trace, and what it wrote before it was undone."""

import re
from dataclasses import dataclass

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from tests.printing.reading import facts_of, text_of

WRITE = re.compile(
    r'^\s*(?:INSERT INTO|INSERT OR \w+ INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+["`]?(\w+)', re.IGNORECASE
)
# What remembers a visit is not what somebody may or may not change.
TRACES = {"django_session", "lms_shared_cache"}
TOKEN = re.compile(r'(csrfmiddlewaretoken" value|csrfToken|csrf-token" content)=?[":= ]+[^"]+"')


@dataclass
class Answer:
    """What came back, and which tables would have been changed."""

    response: HttpResponse
    written: set[str]
    body: bytes

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def leads_to_sign_in(self) -> bool:
        return self.status == 302 and "/accounts/login/" in self.response["Location"]

    def said(self, *words: object) -> tuple[int, str]:
        """What a visitor could tell from it, without the words that were asked for and without one-time tokens."""
        body = TOKEN.sub("", self.body.decode(errors="replace"))
        location = self.response.headers.get("Location", "")
        for word in words:
            body, location = body.replace(str(word), "…"), location.replace(str(word), "…")
        return self.status, location + body

    @property
    def is_pdf(self) -> bool:
        return self.status == 200 and self.response.headers.get("Content-Type") == "application/pdf"

    @property
    def words(self) -> str:
        """What can be read in it; of a PDF its text and what it says about itself."""
        plain = self.said()[1]
        if not self.is_pdf or not self.body.rstrip().endswith(b"%%EOF"):  # The files of the tests are PDFs by name.
            return plain
        return " ".join(f"{plain} {text_of(self.body)} {facts_of(self.body)}".split())


def knock(client: Client, method: str, url: str, data: dict | None = None) -> Answer:
    """Send one request and undo whatever it did."""
    written: set[str] = set()

    def watch(execute, sql, params, many, context):
        if (match := WRITE.match(sql)) and match[1] not in TRACES:
            written.add(match[1])
        return execute(sql, params, many, context)

    undone = transaction.atomic()
    undone._from_testcase = True  # The press refuses to work in a transaction of the caller, which this is not.
    with undone, connection.execute_wrapper(watch):
        response = getattr(client, method.lower())(url, data=data or {})
        # Reads the file of a stream to its end, which closes it.
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies.pop("messages", None)  # A notice would greet the next knock.
    return Answer(response, written, body)
