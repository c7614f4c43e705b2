"""Notes that somebody has looked at a translation."""

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail.log_actions import log

from accounts.models import User
from manual.models import ReviewedPage
from manual.selectors import source_of, stored_blocks
from manual.services.errors import ManualError
from manual.text import stream


@transaction.atomic
def mark_translation_checked(*, page: ReviewedPage, by: User) -> None:
    """Note that a person has compared the whole translation with what its source says now.

    Live text and draft are noted alike: checking publishes nothing and starts no draft.
    Raises ManualError `no_source`.
    """
    source = source_of(page)
    if source is None:
        raise ManualError("no_source", _("This text is no translation."))
    said = stored_blocks(source)
    draft = page.get_latest_revision_as_object()
    page.made_from = stream.made_from(stored_blocks(page), said)
    page.save(update_fields=["made_from"], clean=False)
    if revision := page.latest_revision:
        revision.content["made_from"] = stream.made_from(stored_blocks(draft), said)
        revision.save(update_fields=["content"])
    log(instance=page, action="manual.translation_checked", user=by)
