"""Turns text files into pages, and meets what an editor has changed since."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from wagtail.models import Locale, Page

from manual.models import ChapterPage, KeyedPage, LoadedFile, ManualPage, ModulePage, ScenarioPage
from manual.selectors import content_digest, stored_blocks, text_of
from manual.services.errors import ManualError
from manual.services.folder import Source
from manual.text import Text, stream, translation_key, write_text
from manual.text.scenario_file import parts_of
from pages.models import HomePage, Image

MODELS: dict[str, type[KeyedPage]] = {
    "manual": ManualPage,
    "module": ModulePage,
    "chapter": ChapterPage,
    "scenario": ScenarioPage,
}


class Deed(StrEnum):
    """What was done with one file."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    CONFLICT = "conflict"
    WAITING = "waiting"  # a scenario whose module is not written yet in its language


@dataclass(frozen=True)
class Outcome:
    """What was done with one file, and why."""

    source: Source
    deed: Deed
    note: str = ""


def load_sources(*, sources: Iterable[Source], prefer_files: Container[str] = ()) -> list[Outcome]:
    """Make or update the pages of all files, or of none; the files of the preferred keys win over editors' changes."""
    sources = list(sources)
    images = upload_images(sources)
    return _load_all(sources, prefer_files, images)


@transaction.atomic
def _load_all(sources: list[Source], prefer_files: Container[str], images: Mapping[str, int]) -> list[Outcome]:
    places = _Places(images)
    outcomes = []
    for source in sources:
        try:
            outcomes.append(_load(source, places, source.key in prefer_files))
        except ValidationError as error:
            said = "; ".join(error.messages)
            raise ManualError("refused", f"{source.name}: {said}") from error
    return outcomes


def write_page_to_file(*, source: Source) -> None:
    """Write what the page says into its file, so that the editor's text is the file's text."""
    page = Page.objects.filter(
        translation_key=translation_key(source.key), locale__language_code=source.language
    ).specific()
    if not page:
        raise ManualError("no_page", f"{source.name}: there is no page “{source.key}” to take.")
    text = text_of(page[0].get_latest_revision_as_object())
    meta = {name: value for name, value in text.meta.items() if value not in (None, "", []) or name in source.text.meta}
    try:
        source.path.write_text(write_text(Text(source.name, source.text.kind, meta, text.blocks)))
    except OSError as error:
        raise ManualError("read_only", f"{source.name} cannot be written: {error.strerror}") from error


def upload_images(sources: Iterable[Source]) -> dict[str, int]:
    """Find the images of all figures by their titles; upload those that lie beside their text."""
    wanted = {
        block["value"]["image"]: source
        for source in sources
        for block in source.text.blocks
        if block["type"] == "figure"
    }
    images = dict(Image.objects.filter(title__in=wanted).order_by("-pk").values_list("title", "pk"))
    for name, source in wanted.items():
        if name in images:
            continue
        file = source.path.parent / Path(name).name
        if not file.is_file():
            raise ManualError("image", f"{source.name}: the image “{name}” is neither uploaded nor beside the file.")
        images[name] = Image.objects.create(title=name, file=ContentFile(file.read_bytes(), name=file.name)).pk
    return images


def _load(source: Source, places: "_Places", prefer_file: bool) -> Outcome:
    locale = places.locale(source.language)
    page = places.page(source.key, locale)
    if source.text.kind == "scenario" and places.page(source.parent, locale) is None:
        return Outcome(source, Deed.WAITING, f"there is no module “{source.parent}” yet")
    if page is None:
        page = _create(source, places, locale)
        places.remember(page)
        return Outcome(source, _remember(source, page, Deed.CREATED))
    draft = page.get_latest_revision_as_object()
    loaded = LoadedFile.objects.filter(key=source.key, language=source.language).first()
    file_digest, page_digest = content_digest(source.text), content_digest(text_of(draft))
    if file_digest == page_digest:
        if not loaded or (loaded.file_digest, loaded.page_digest) != (file_digest, page_digest):
            _remember(source, draft, Deed.UNCHANGED)
        return Outcome(source, Deed.UNCHANGED)
    file_changed = not loaded or loaded.file_digest != file_digest
    page_changed = not loaded or loaded.page_digest != page_digest
    if page_changed and not prefer_file:
        return Outcome(source, Deed.CONFLICT if file_changed else Deed.KEPT, _both_dates(source, page, loaded))
    if not file_changed and not prefer_file:
        return Outcome(source, Deed.UNCHANGED)
    _write(draft, source, places)
    _publish(draft)
    if source.text.kind == "scenario" and not draft.is_child_of(parent := places.parent(source, locale)):
        draft.move(parent, pos="last-child")  # the file names another module than before
        draft.refresh_from_db()
    return Outcome(source, _remember(source, draft, Deed.UPDATED))


def _both_dates(source: Source, page: KeyedPage, loaded: LoadedFile | None) -> str:
    changed = page.latest_revision_created_at or page.last_published_at
    file_time = timezone.datetime.fromtimestamp(source.path.stat().st_mtime, tz=timezone.get_current_timezone())
    parts = [f"file changed {_when(file_time)}", f"page changed {_when(changed)}"]
    return ", ".join([*parts, f"last loaded {_when(loaded.loaded)}" if loaded else "never loaded before"])


def _when(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "Y-m-d H:i") if moment else "at an unknown time"


def _create(source: Source, places: "_Places", locale: Locale) -> KeyedPage:
    page = MODELS[source.text.kind](key=source.key, translation_key=translation_key(source.key), locale=locale)
    _write(page, source, places)
    places.parent(source, locale).add_child(instance=page)
    _publish(page)
    return page


def _publish(page: KeyedPage) -> None:
    page.save_revision(log_action=True).publish()
    page.refresh_from_db()


def _write(page: KeyedPage, source: Source, places: "_Places") -> None:
    """Give a page what its file says."""
    meta = source.text.meta
    page.title, page.slug = meta["title"], meta["slug"]
    page.draft_title = page.title
    page.summary = meta.get("summary", meta.get("standfirst", ""))
    if source.text.kind != "module":
        page.standfirst = meta["standfirst"]
    if source.text.kind == "manual":
        return
    page.minutes = meta["minutes"]
    page.reviewed, page.review_due, page.review = meta["reviewed"], meta.get("review_due"), meta["review"]
    if source.text.kind == "scenario":
        old = stored_blocks(page) if page.steps else []
        _write_scenario(page, source)
        page.made_from = _made_from(page, source, places, old)
        return
    page.number = meta["number"]
    old = page.body.get_prep_value() if page.body else []
    page.body = stream.to_stream(source.text.blocks, key=source.key, old=old, image_id=places.images.get)
    page.made_from = _made_from(page, source, places, old)
    if source.text.kind == "module":
        page.needs = ", ".join(meta.get("needs") or [])
    else:
        page.tags.set(meta.get("tags") or [])


def _made_from(page: KeyedPage, source: Source, places: "_Places", old: list) -> dict[str, list[str]]:
    """Say what a translation was made from; the source language is made from nothing."""
    if source.language == settings.LANGUAGE_CODE:
        return {}
    original = places.page(source.key, places.locale(settings.LANGUAGE_CODE))
    said = stored_blocks(original.get_latest_revision_as_object()) if original else []
    return stream.made_from(stored_blocks(page), said, old=old, known=page.made_from)


def _write_scenario(page: ScenarioPage, source: Source) -> None:
    fields = ("introduction", "steps", "debriefing")
    for name, blocks in zip(fields, parts_of(source.text.blocks), strict=True):
        old = getattr(page, name)
        key = f"{source.key}/{name}"
        setattr(page, name, stream.to_stream(blocks, key=key, old=old.get_prep_value() if old else []))


def _remember(source: Source, page: KeyedPage, deed: Deed) -> Deed:
    LoadedFile.objects.update_or_create(
        key=source.key,
        language=source.language,
        defaults={
            "path": source.name,
            "file_digest": content_digest(source.text),
            "page_digest": content_digest(text_of(page)),
            "loaded": timezone.now(),
        },
    )
    return deed


class _Places:
    """Finds homes, parents, pages and images; each query is asked once."""

    def __init__(self, images: Mapping[str, int]) -> None:
        self.images = images
        self._locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self._pages: dict[tuple[Any, int], KeyedPage] = {}

    def locale(self, language: str) -> Locale:
        if language not in self._locales:
            name = dict(settings.LANGUAGES).get(language, language)
            raise ManualError(
                "no_locale", f"The site has no language {name} ({language}) yet; add it in Settings, Locales."
            )
        return self._locales[language]

    def page(self, key: str, locale: Locale) -> KeyedPage | None:
        name = (translation_key(key), locale.pk)
        if name not in self._pages:
            found = Page.objects.filter(translation_key=name[0], locale=locale).specific().first()
            if found is None:
                return None
            self._pages[name] = found
        return self._pages[name]

    def remember(self, page: KeyedPage) -> None:
        self._pages[page.translation_key, page.locale_id] = page

    def parent(self, source: Source, locale: Locale) -> Page:
        if source.text.kind == "manual":
            home = HomePage.objects.filter(locale=locale).order_by("path").first()
            if home is None:
                raise ManualError(
                    "no_home", f"There is no home page in {locale}; make one in the CMS, or run “manage.py build_demo”."
                )
            return home
        parent = self.page(source.parent, locale)
        if parent is None:
            raise ManualError("no_parent", f"{source.name}: the page “{source.parent}” is missing in {locale}.")
        return Page.objects.get(pk=parent.pk)
