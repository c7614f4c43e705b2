"""Answers to readers from memory, as long as nothing that readers see has changed.

A page of the manual is read a hundred times for each time it is changed. What its readers have in common (where it is,
its text, the way to it, head and foot) is worked out once per process and kept under the *version* of the site's
content. The version is asked of the database with every request, in one query, so nothing stale is ever shown after a
change in the CMS; `SECONDS` bounds what a change made behind its back, in a shell or by SQL, can leave behind.

`remember_site` keeps what belongs to no page, such as head and foot, for every view. `remember` keeps what belongs to
a page, and only in answers that `keep_version` has opened for it: drafts and closed pages are worked out each time.
"""

import threading
import time
from collections.abc import Callable, Hashable
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Func, Model, QuerySet, Subquery
from django.http import HttpRequest

from wagtail.models import Locale, ModelLogEntry, Page, PageLogEntry, PageViewRestriction

from pages.models import Helpline

Found = TypeVar("Found")

SECONDS = 60
MOST = 3000  # things remembered by one process

_watched: list[type[Model]] = []


def watch(model: type[Model]) -> None:
    """Let a table whose rows are only added, and which readers see, be part of the version."""
    if model not in _watched:
        _watched.append(model)


def content_version() -> tuple:
    """Name the state of everything readers see; one query.

    The logs tell what people change in the CMS: pages, their privacy and places, helplines, settings. The sums tell
    what commands publish and take back.
    """
    sql, parameters = _question(tuple(_watched))
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return tuple(cursor.fetchone() or ())


@cache
def _question(others: tuple[type[Model], ...]) -> tuple[str, tuple]:
    """Write the query once; putting it together anew would cost more than its answer."""
    live = Page.objects.filter(live=True)
    asked = [
        _figure("MAX", PageLogEntry.objects.all()),
        _figure("MAX", ModelLogEntry.objects.all()),
        _figure("COUNT", live),
        _figure("SUM", live, "live_revision_id"),
        _figure("SUM", PageViewRestriction.objects.all()),
        _figure("SUM", Helpline.objects.all()),
        *(_figure("MAX", model.objects.all()) for model in others),
    ]
    return Locale.objects.order_by("pk").values_list(*asked)[:1].query.sql_with_params()


def _figure(function: str, rows: QuerySet, column: str = "pk") -> Subquery:
    """Ask for one figure over a whole table; a plain function, because an aggregate would want groups."""
    return Subquery(rows.order_by().annotate(figure=Func(column, function=function)).values("figure"))


class Memory:
    """What one process remembers of one version; a new version empties it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._version: tuple | None = None
        self._since = 0.0
        self._known: dict[Hashable, Any] = {}

    def forget(self) -> None:
        """Begin anew, as after a database was put back to an earlier state."""
        with self._lock:
            self._version, self._known = None, {}

    def remember(self, version: tuple, name: Hashable, make: Callable[[], Found]) -> Found:
        """Give what is known by a name in this version, or make it; nothing (None) is not remembered."""
        with self._lock:
            if version != self._version or time.monotonic() - self._since > SECONDS or len(self._known) > MOST:
                self._version, self._since, self._known = version, time.monotonic(), {}
            known = self._known
        if name not in known:
            made = make()
            if made is None:
                return made
            known[name] = made
        return known[name]


memory = Memory()


def keep_version(request: HttpRequest) -> None:
    """Let the tags of this answer use what is remembered of its page."""
    request._page_is_open = True


def forget_version(request: HttpRequest) -> None:
    """Let the page of this answer be worked out afresh."""
    request._page_is_open = False


def remember(request: HttpRequest, name: Hashable, make: Callable[[], Found]) -> Found:
    """Give what all readers of a page have in common; drafts and closed pages are worked out each time."""
    return remember_site(request, name, make) if getattr(request, "_page_is_open", False) else make()


def remember_site(request: HttpRequest, name: Hashable, make: Callable[[], Found]) -> Found:
    """Give what is the same on all pages and for all visitors; the version is asked once for an answer."""
    if not hasattr(request, "_content_version"):
        request._content_version = content_version()
    return memory.remember(request._content_version, name, make)
