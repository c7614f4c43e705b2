"""The site's own pages, helplines and settings in three languages; made once, and then the editors' own."""

from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from wagtail.models import Locale, Page, Site

import yaml

from courses.models import Course, CourseIndexPage, CoursePage, Requirement
from manual.text import translation_key
from pages.models import Helpline, HomePage, SiteSettings, StandardPage

TEXTS = Path(__file__).with_name("site.yaml")
LANGUAGES = ("en", "ro", "nb")


def read_texts() -> dict[str, Any]:
    """Read what the site begins with."""
    return yaml.safe_load(TEXTS.read_text())


@transaction.atomic
def lay_out_site() -> dict[str, HomePage]:
    """Make what is missing of home pages, plain pages, helplines and settings; give the home pages by language."""
    texts = read_texts()
    homes = {language: _home(language, texts) for language in LANGUAGES}
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True, port=80)
    if not isinstance(site.root_page_id and site.root_page.specific, HomePage):
        site.hostname, site.site_name, site.root_page = "localhost", "Chance & Challenge", homes["en"]
        site.save()
    # Wagtail's welcome page is of no use to anybody.
    for page in Page.objects.filter(depth=2, slug="home").not_exact_type(HomePage):
        page.delete()
    for page in texts["pages"]:
        for language in LANGUAGES:
            _child(homes[language], StandardPage, page["key"], foot=page["foot"], **page[language])
    if not SiteSettings.objects.filter(site=site).exists():
        SiteSettings.objects.create(site=site, **texts["settings"])
    if not Helpline.objects.exists():
        _helplines(texts)
    return homes


@transaction.atomic
def lay_out_course(homes: dict[str, HomePage]) -> Course:
    """Make the demonstration's course, what it asks, and its pages, where they are missing."""
    texts = read_texts()
    facts = texts["course"]
    course, created = Course.objects.get_or_create(
        key=facts["key"],
        defaults={
            "academic_hour": facts["academic_hour"],
            **{f"title_{language}": facts[language]["title"] for language in LANGUAGES},
        },
    )
    if created:
        for order, demand in enumerate(facts["requirements"]):
            Requirement.objects.create(course=course, sort_order=order, **demand)
    for language in LANGUAGES:
        index = _child(homes[language], CourseIndexPage, "courses", **texts["courses"][language])
        _child(index, CoursePage, f"course-{course.key}", course=course, **facts[language])
    return course


def _home(language: str, texts: dict[str, Any]) -> HomePage:
    locale, _created = Locale.objects.get_or_create(language_code=language)
    if home := HomePage.objects.filter(locale=locale).first():
        return home
    text = dict(texts["homes"][language])
    text["slug"] = f"{text['slug']}-{language}"
    voices = [("voice", voice) for voice in texts["voices"] if voice["language"] != language]
    home = HomePage(locale=locale, translation_key=translation_key("home"), voices=voices, **text)
    return Page.objects.get(depth=1).add_child(instance=home)


def _child(parent: Page, kind: type[Page], key: str, **fields: Any) -> Page:
    """Give the child of a page that has a key, making it where it is missing."""
    found = kind.objects.filter(locale=parent.locale, translation_key=translation_key(key)).first()
    if found:
        return found
    page = parent.add_child(instance=kind(locale=parent.locale, translation_key=translation_key(key), **fields))
    page.save_revision().publish()
    return page


def _helplines(texts: dict[str, Any]) -> None:
    checked: date = texts["checked_on"]
    for order, line in enumerate(texts["helplines"]):
        labels = {f"label_{language}": line[language] for language in LANGUAGES}
        Helpline.objects.create(
            number=line["number"], country=line["country"], checked_on=checked, sort_order=order, **labels
        )
