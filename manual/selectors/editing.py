"""What the CMS asks before it publishes or deletes a page."""

from django.conf import settings
from django.utils.translation import gettext as _

from wagtail.models import Page

from manual.blocks import sentence
from manual.models import ChapterPage, Edition, ModulePage, ScenarioPage
from manual.selectors.texts import text_of
from manual.text import inline
from manual.text.scenario import differences
from manual.text.words import strings


def loose_ends(page: ModulePage | ChapterPage) -> list[str]:
    """Say which sources a text names and does not have, and which anchors and sources it has twice."""
    text = text_of(page)
    anchors, references = text.anchors(), text.reference_ids()
    named = {
        mark for block in text.blocks for said in strings(block["value"]) for mark in inline.REFERENCE.findall(said)
    }
    return [
        *(
            _("The text names the source [^%(mark)s], which is not in the list of sources.") % {"mark": mark}
            for mark in sorted(named - set(references))
        ),
        *(_("The anchor “%(anchor)s” is there twice.") % {"anchor": anchor} for anchor in _twice(anchors)),
        *(_("The source “%(mark)s” is in the list twice.") % {"mark": mark} for mark in _twice(references)),
    ]


def unlike_the_source(page: ScenarioPage) -> list[str]:
    """Say where a translated scenario is built otherwise than the published one in the source language."""
    source = page.get_translations().live().filter(locale__language_code=settings.LANGUAGE_CODE).specific().first()
    if not isinstance(source, ScenarioPage) or page.locale.language_code == settings.LANGUAGE_CODE:
        return []
    names = [step.anchor for step in page.shape]
    return [
        str(sentence(fault))
        if fault.step is None
        else _("Step “%(step)s”: %(said)s") % {"step": names[fault.step], "said": sentence(fault)}
        for fault in differences(source.shape, page.shape)
    ]


def _twice(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


def edition_holding(page: Page) -> Edition | None:
    """Find an edition that holds a page or one below it."""
    below = page.get_descendants(inclusive=True)
    keys = below.values("translation_key")
    return Edition.objects.filter(entries__translation_key__in=keys, entries__locale=page.locale_id).first()
