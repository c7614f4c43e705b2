"""Finds passages of the manual; the same on every database."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length, Replace
from django.http import HttpRequest

from wagtail.models import Page

from taggit.models import Tag

from manual.models import ChapterPage, SearchEntry
from manual.text.words import Part, fold, snippet

LONGEST_QUERY = 200
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Found:
    """A page that was found, and the passage that shows why."""

    title: str
    url: str
    snippet: Sequence[Part] = ()
    number: str = ""


def wanted_words(query: str) -> list[str]:
    """Read what somebody typed, whatever it is, as the beginnings of words."""
    return list(dict.fromkeys(fold(query[:LONGEST_QUERY]).split()))[:MOST_WORDS]


def search(query: str, language: str) -> QuerySet[SearchEntry]:
    """Find the public pages of a language that hold all the words; words in the title weigh most."""
    words = wanted_words(query)
    if not words:
        return SearchEntry.objects.none()
    holding = [Q(folded_title__contains=f" {word}") | Q(folded_text__contains=f" {word}") for word in words]
    in_title = [
        Case(When(folded_title__contains=f" {word}", then=Value(1)), default=Value(0), output_field=IntegerField())
        for word in words
    ]
    gone = [
        (Length("folded_text") - Length(Replace("folded_text", Value(f" {word}"), Value("")))) / (len(word) + 1)
        for word in words
    ]
    return (
        SearchEntry.objects.filter(*holding, locale__language_code=language, page__in=Page.objects.live().public())
        .annotate(in_title=reduce(add, in_title), often=reduce(add, gone))
        .select_related("page")
        .order_by(F("in_title").desc(), F("often").desc(), "page__path")
    )


def found(entries: Sequence[SearchEntry], query: str, request: HttpRequest) -> list[Found]:
    """Show entries with the passage that holds the words."""
    words = wanted_words(query)
    return [
        Found(entry.title, entry.page.get_url(request) or "", snippet(entry.text, words) if words else [])
        for entry in entries
    ]


def tagged_chapters(tag: Tag, language: str) -> QuerySet[ChapterPage]:
    """Find the public chapters of a language that carry a tag."""
    chapters = ChapterPage.objects.live().public().filter(tags=tag, locale__language_code=language)
    return chapters.defer_streamfields().order_by("path")
