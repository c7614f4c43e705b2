"""Home pages, plain pages, images and helplines."""

import datetime as dt

from wagtail.models import Locale, Page, Site

import factory
import wagtail_factories

from pages.models import Helpline, HomePage, Image, StandardPage


class HomePageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = HomePage

    title = "Home"
    slug = factory.LazyAttribute(lambda page: f"home-{page.locale.language_code}")
    headline = "Assisting people who were trafficked"
    lead = "A manual and its courses for those who work in social services."
    locale = factory.LazyFunction(Locale.get_default)


class StandardPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = StandardPage

    title = factory.Sequence(lambda n: f"Plain page {n}")
    body = "<p>Some text.</p>"


class ImageFactory(wagtail_factories.ImageFactory):
    class Meta:
        model = Image


class HelplineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Helpline

    number = "0800 800 678"
    country = Helpline.Country.ROMANIA
    label_en = "Trafficking helpline (ANITP)"
    label_ro = "Linia de asistență ANITP"
    label_nb = "Hjelpetelefon (ANITP)"
    checked_on = dt.date(2026, 11, 1)


def lay_out_site(*languages: str) -> dict[str, HomePage]:
    """Put one home page per language at the root and let the site start at the first: the tree production has."""
    root = Page.objects.filter(depth=1).get()
    homes: dict[str, HomePage] = {}
    for language in languages:
        locale, _ = Locale.objects.get_or_create(language_code=language)
        if not homes:
            homes[language] = HomePageFactory(parent=root, locale=locale)
        else:
            first = next(iter(homes.values()))
            homes[language] = HomePageFactory(parent=root, locale=locale, translation_key=first.translation_key)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": next(iter(homes.values()))}
    )
    # Wagtail's welcome page is a child of the root too; nobody links to it any more.
    Page.objects.filter(depth=2).not_exact_type(HomePage).delete()
    return homes
