"""What a reader sees around a text: contents, neighbours, links, files to take away."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from manual.models import ChapterPage, GlossaryTerm, KeyedPage, ManualPage, ModulePage, ScenarioPage
from manual.selectors.texts import stored_blocks
from manual.text import natural, translation_key
from manual.text.screen import Screen, linked_keys, linked_pages, source_numbers, term_keys


@dataclass(frozen=True, slots=True)
class Entry:
    """A chapter in a list of contents."""

    key: UUID
    number: str
    title: str
    url: str
    minutes: int
    current: bool = False


@dataclass(frozen=True, slots=True)
class ScenarioEntry:
    """A practice scenario in a list."""

    title: str
    url: str
    minutes: int
    standfirst: str


@dataclass(frozen=True, slots=True)
class ModuleEntry:
    """A module in the contents of the manual, with its chapters."""

    key: str
    number: int
    title: str
    url: str
    summary: str
    minutes: int
    chapters: list[Entry] = field(default_factory=list)
    scenarios: list[ScenarioEntry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chapter stands: its module, the chapters beside it, and the pages before and after."""

    module: ModuleEntry
    position: int
    before: Entry | None
    after: Entry | None
    next_module: ModuleEntry | None


def contents_of(manual: ManualPage, request: HttpRequest | None) -> list[ModuleEntry]:
    """Give the modules of the manual in order, with chapters and scenarios; the queries do not grow with them."""
    chapters: dict[str, list[Entry]] = {}
    for page in chapters_below(manual):
        chapters.setdefault(page.path[: -Page.steplen], []).append(_entry(page, request))
    scenarios: dict[str, list[ScenarioEntry]] = {}
    for scenario in scenarios_below(manual):
        scenarios.setdefault(scenario.path[: -Page.steplen], []).append(_scenario_entry(scenario, request))
    modules = open_below(manual, ModulePage.objects.child_of(manual)).order_by("number", "path")
    return [_module_entry(page, request, chapters.get(page.path, []), scenarios.get(page.path, [])) for page in modules]


def chapters_of(module: ModulePage, request: HttpRequest | None) -> list[Entry]:
    """Give the chapters of a module in their order."""
    return [_entry(page, request) for page in chapters_below(module)]


def chapters_below(page: Page) -> list[ChapterPage]:
    """Give the chapters below a page in their order, for whoever may read that page."""
    chapters = open_below(page, ChapterPage.objects.descendant_of(page)).defer_streamfields()
    return sorted(chapters, key=lambda chapter: (natural(chapter.number), chapter.path))


def scenarios_of(module: ModulePage, request: HttpRequest | None) -> list[ScenarioEntry]:
    """Give the practice scenarios of a module."""
    return [_scenario_entry(page, request) for page in scenarios_below(module)]


def scenarios_below(page: Page, *, whole: bool = False) -> list[ScenarioPage]:
    """Give the practice scenarios below a page in their order, for whoever may read that page."""
    scenarios = open_below(page, ScenarioPage.objects.descendant_of(page)).order_by("path")
    return list(scenarios if whole else scenarios.defer_streamfields())


def open_below(page: Page, pages: PageQuerySet) -> PageQuerySet:
    """Leave out what is not published, or closed to people who may read the page above."""
    closed = PageViewRestriction.objects.filter(page__path__startswith=page.path, page__depth__gt=page.depth)
    for path in closed.values_list("page__path", flat=True):
        pages = pages.exclude(path__startswith=path)
    return pages.live()


def place_of(chapter: ChapterPage, request: HttpRequest | None) -> Place | None:
    """Say where a chapter stands; nothing for a chapter that stands nowhere, such as a preview of a new one."""
    parent = chapter.get_parent()
    module = parent.specific if parent else None
    if not isinstance(module, ModulePage):
        return None
    entries = [_entry(page, request, chapter.pk) for page in chapters_below(module)]
    if not any(entry.current for entry in entries):
        entries.append(_entry(chapter, request, chapter.pk))
    at = next(number for number, entry in enumerate(entries) if entry.current)
    after = entries[at + 1] if at + 1 < len(entries) else None
    return Place(
        module=_module_entry(module, request, entries),
        position=at + 1,
        before=entries[at - 1] if at else None,
        after=after,
        next_module=None if after else _next_module(module, request),
    )


def _next_module(module: ModulePage, request: HttpRequest | None) -> ModuleEntry | None:
    siblings = ModulePage.objects.live().public().sibling_of(module, inclusive=False)
    page = siblings.filter(number__gt=module.number).order_by("number").first()
    return _module_entry(page, request, []) if page else None


def _entry(page: ChapterPage, request: HttpRequest | None, current: int | None = None) -> Entry:
    url = page.get_url(request) or ""
    return Entry(page.translation_key, page.number, page.title, url, page.minutes, page.pk == current)


def _scenario_entry(page: ScenarioPage, request: HttpRequest | None) -> ScenarioEntry:
    return ScenarioEntry(page.title, page.get_url(request) or "", page.minutes, page.standfirst)


def _module_entry(
    page: ModulePage, request: HttpRequest | None, chapters: list[Entry], scenarios: Iterable[ScenarioEntry] = ()
) -> ModuleEntry:
    url = page.get_url(request) or ""
    return ModuleEntry(page.key, page.number, page.title, url, page.summary, page.minutes, chapters, list(scenarios))


def screen_of(page: ModulePage | ChapterPage | ScenarioPage, request: HttpRequest | None) -> Screen:
    """Prepare the words of a page for the screen: the numbers of its sources, its terms, its links."""
    blocks = stored_blocks(page)
    keys = {translation_key(key): key for key in linked_keys(blocks)}
    ids = linked_pages(blocks)
    targets = (
        Page.objects.live().filter(locale_id=page.locale_id, translation_key__in=keys) if keys else Page.objects.none()
    )
    chosen = Page.objects.live().filter(pk__in=ids) if ids else Page.objects.none()
    terms = term_keys(blocks)
    return Screen(
        sources=source_numbers(blocks),
        addresses={keys[target.translation_key]: target.get_url(request) or "" for target in targets},
        page_addresses={target.pk: target.get_url(request) or "" for target in chosen},
        terms=set(GlossaryTerm.objects.filter(key__in=terms).values_list("key", flat=True)) if terms else (),
        source_label=lambda number: _("Source %(number)s") % {"number": number},
    )


def page_by_key(key: str, language: str) -> Page | None:
    """Find the live page of a key in a language, or in the first language that has it."""
    pages = Page.objects.live().public().filter(translation_key=translation_key(key)).select_related("locale")
    found = {page.locale.language_code: page for page in pages}
    order = [language, *(code for code, _name in settings.LANGUAGES)]
    return next((found[code] for code in order if code in found), None)


def manuals(request: HttpRequest | None) -> dict[str, str]:
    """Give the addresses of the manual by language."""
    pages = ManualPage.objects.live().public().select_related("locale").order_by("path")
    return {page.locale.language_code: page.get_url(request) or "" for page in pages}


def translated(page: KeyedPage) -> list[KeyedPage]:
    """Give a page and its live translations, in the order of the languages."""
    order = [code for code, _name in settings.LANGUAGES]
    pages: Iterable[KeyedPage] = (
        page.get_translations(inclusive=True).live().public().select_related("locale").specific(defer=True)
    )
    return sorted(pages, key=lambda found: order.index(found.locale.language_code))


def modules_named(keys: Iterable[str], locale_id: int, request: HttpRequest | None) -> list[ModuleEntry]:
    """Give the modules of some keys in one language, in their order."""
    names = [translation_key(key) for key in keys]
    pages = ModulePage.objects.live().public().filter(translation_key__in=names, locale_id=locale_id) if names else []
    return sorted((_module_entry(page, request, []) for page in pages), key=lambda module: module.number)


def chapters_named(keys: Iterable[str], language: str, request: HttpRequest | None) -> dict[str, Entry]:
    """Find chapters by translation key, in the reader's language where they exist, else in English: one query."""
    pages = (
        ChapterPage.objects.live()
        .filter(translation_key__in=set(keys), locale__language_code__in={language, settings.LANGUAGE_CODE})
        .select_related("locale")
        .defer("body")
    )
    in_order = sorted(pages, key=lambda page: page.locale.language_code == language)
    return {str(page.translation_key): _entry(page, request) for page in in_order}


def open_page_at(request: HttpRequest, path: str) -> KeyedPage | None:
    """Find the page of the manual at an address of this language; nothing for what is closed, moved or not there."""
    page = page_at(request, path)
    if not isinstance(page, KeyedPage) or page.get_url(request) != request.path or page.get_view_restrictions():
        return None
    return page


def open_scenario_at(request: HttpRequest, path: str) -> ScenarioPage | None:
    """Find the scenario at an address of this language, if it is open to everybody."""
    page = page_at(request, path)
    return page if isinstance(page, ScenarioPage) and not page.get_view_restrictions() else None


def page_at(request: HttpRequest, path: str) -> Page | None:
    """Find the published page at an address of this language, whoever may read it."""
    found = Page.route_for_request(request, path)
    return found[0].specific if found else None
