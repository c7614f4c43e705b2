"""Reads for the frame around every page: menu, languages, helplines, links of the foot, the way here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wagtail.models import Page, Site

from accounts import roles
from accounts.access import is_coordinator, is_trainer, role_names
from accounts.models import User
from pages.models import Helpline, SiteSettings, StandardPage

# What a language calls itself in the switch, and how it says "in this language".
LANGUAGE_SHORT = {"en": "EN", "ro": "RO", "nb": "NO"}
IN_LANGUAGE = {"en": "In English", "ro": "În română", "nb": "På norsk"}
MANUAL_DEPTH = 3  # root, home page, manual


@dataclass(frozen=True, slots=True)
class Link:
    """A word and where it leads."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """One language of the switch; without an address the choice is kept by a form."""

    code: str
    short: str
    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class HelplineLine:
    """A helpline as one language says it."""

    label: str
    number: str

    @property
    def dial(self) -> str:
        return self.number.replace(" ", "")


@dataclass(frozen=True, slots=True)
class Volume:
    """A module of the manual as the home page shows it."""

    number: int
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """The manual at a glance."""

    modules: list[Volume]
    chapters: int


@dataclass(frozen=True, slots=True)
class SiteFrame:
    """What the head and the foot of a page need to know."""

    home_url: str
    manual_url: str
    learning_url: str
    check_url: str
    menu: list[Link]
    languages: list[LanguageChoice]
    helplines: list[HelplineLine]
    checked_on: date | None
    care: list[Link]
    about: list[Link]
    leave_url: str


def frame_of(request: HttpRequest, page: Page | None = None) -> SiteFrame:
    """Give head and foot for this visitor, in the language of the request."""
    return completed_frame(common_frame(request), request, page)


def completed_frame(
    frame: SiteFrame, request: HttpRequest, page: Page | None = None, languages: list[LanguageChoice] | None = None
) -> SiteFrame:
    """Complete head and foot with what depends on the page, on its address and on who is visiting."""
    menu = main_menu(request, page, frame.manual_url)
    return replace(frame, menu=menu, languages=languages or language_choices(request, page))


def common_frame(request: HttpRequest) -> SiteFrame:
    """Give what head and foot have in common on all pages and for all visitors; menu and languages are empty."""
    lines = footer_helplines()
    foot = foot_pages(request)
    return SiteFrame(
        home_url=home_url(),
        manual_url=manual_url(request),
        learning_url=reverse("courses:my_learning"),
        check_url=reverse("verify:form"),
        menu=[],
        languages=[],
        helplines=[HelplineLine(label_of(line), line.number) for line in lines],
        checked_on=min((line.checked_on for line in lines), default=None),
        care=foot[StandardPage.Foot.CARE],
        about=foot[StandardPage.Foot.ABOUT],
        leave_url=site_settings(request).leave_url,
    )


def home_url(code: str | None = None) -> str:
    """Give the address of the home page in a language."""
    return f"/{code or current_language()}/"


def current_language() -> str:
    """Give the active language, or the source language where none is active."""
    return get_language() or settings.LANGUAGE_CODE


def site_settings(request: HttpRequest) -> SiteSettings:
    """Give the settings of this site, or their defaults on a site that has not been set up."""
    return SiteSettings.for_request(request) if Site.find_for_request(request) else SiteSettings()


# --- Menu -------------------------------------------------------------------------------------------------------------


def main_menu(request: HttpRequest, page: Page | None, manual: str) -> list[Link]:
    """Give the words in the head: what this person can open, with the present one marked."""
    user: User = request.user
    place = _place_of(request, page)
    items = [("manual", _("Manual"), manual)]
    if user.is_authenticated:
        items += [
            ("courses", _("My learning"), reverse("courses:my_learning")),
            ("attendance", _("Study visits"), reverse("attendance:visits")),
            ("certificates", _("Certificates"), reverse("certificates:mine")),
        ]
        if is_trainer(user) or is_coordinator(user):
            items.append(("cohorts", _("Cohorts"), reverse("courses:cohorts")))
        if user.is_superuser or role_names(user).intersection(roles.CMS):
            items.append(("cms", _("Edit"), reverse("wagtailadmin_home")))
        items.append(("accounts", user.get_short_name(), reverse("accounts:profile")))
    else:
        items += [
            ("certificates", _("Check a certificate"), reverse("verify:form")),
            ("accounts", _("Sign in"), reverse("account_login")),
        ]
    return [Link(label, url, current=key == place) for key, label, url in items]


def manual_page() -> Page | None:
    """Give the manual in the active language; named by its content type, because pages stand below the manual."""
    return (
        Page.objects.live()
        .filter(depth=MANUAL_DEPTH, locale__language_code=current_language())
        .filter(content_type__app_label="manual", content_type__model="manualpage")
        .first()
    )


def manual_url(request: HttpRequest) -> str:
    """Give the address of the manual in the active language, else of the page that leads to the other languages."""
    manual = manual_page()
    return (manual and manual.get_url(request)) or reverse("manual:manual")


def shelf_of(request: HttpRequest) -> Shelf:
    """Give the manual at a glance: its modules in order, and how many chapters they hold."""
    manual = manual_page()
    if manual is None:
        return Shelf(modules=[], chapters=0)
    chapters = manual.get_descendants().live().filter(content_type__model="chapterpage").count()
    modules = manual.get_children().live().filter(content_type__model="modulepage").specific()
    return Shelf([Volume(page.number, page.title, page.get_url(request) or "") for page in modules], chapters)


def _place_of(request: HttpRequest, page: Page | None) -> str:
    """Name the part of the site a request is in: the app of the page, else of the view."""
    if page:
        return page.content_type.app_label
    match = request.resolver_match
    if not match:
        return ""
    if match.namespace == "verify":
        return "certificates"
    return match.namespace or ("accounts" if (match.url_name or "").startswith(("account_", "mfa_")) else "")


# --- Languages --------------------------------------------------------------------------------------------------------


def language_choices(request: HttpRequest, page: Page | None = None) -> list[LanguageChoice]:
    """Give the three languages with the address of the same thing in each of them."""
    translations = translations_of(request, page) if page else {}
    present = current_language()
    return [
        LanguageChoice(
            code=code,
            short=LANGUAGE_SHORT[code],
            name=name,
            url=translations.get(code) or (home_url(code) if page else _same_view(request, code)),
            current=code == present,
        )
        for code, name in settings.LANGUAGES
    ]


def translations_of(request: HttpRequest, page: Page) -> dict[str, str]:
    """Give the addresses of a page and its live translations, by language."""
    pages = page.get_translations(inclusive=True).live().select_related("locale")
    return {translation.locale.language_code: translation.get_url(request) or "" for translation in pages}


def _same_view(request: HttpRequest, code: str) -> str:
    """Give the address of this view in another language; nothing where the address carries no language."""
    here = request.get_full_path()
    if not request.path.startswith(f"/{current_language()}/"):
        return ""
    there = translate_url(here, code)
    return there if there != here else home_url(code)


# --- Foot -------------------------------------------------------------------------------------------------------------


def footer_helplines() -> list[Helpline]:
    """Give the lines shown on every page, in the editors' order."""
    return list(Helpline.objects.filter(in_footer=True))


def label_of(line: Helpline, code: str | None = None) -> str:
    """Say what a line is in a language, in English where a translation is missing."""
    return getattr(line, f"label_{code or current_language()}", "") or line.label_en


def foot_pages(request: HttpRequest) -> dict[str, list[Link]]:
    """Give the plain pages that editors put in the foot, by column."""
    columns: dict[str, list[Link]] = {StandardPage.Foot.CARE: [], StandardPage.Foot.ABOUT: []}
    pages = StandardPage.objects.live().filter(locale__language_code=current_language()).exclude(foot="")
    for page in pages.order_by("path"):
        columns[page.foot].append(Link(page.title, page.get_url(request) or ""))
    return columns


# --- The way here -----------------------------------------------------------------------------------------------------


def trail_of(request: HttpRequest, page: Page) -> list[Link]:
    """Give the pages above a page and the page itself, from the home page down."""
    above: Iterable[Page] = page.get_ancestors().filter(depth__gt=1).order_by("depth")
    steps = [Link(_("Home") if step.depth == 2 else step.title, step.get_url(request) or "") for step in above]
    return [*steps, Link(page.title, "", current=True)]
