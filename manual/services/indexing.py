"""Keeps what search reads in step with the published pages."""

from django.db import transaction

from manual.models import KeyedPage, ManualPage, SearchEntry
from manual.selectors import text_of
from manual.text.words import fold, plain_parts


@transaction.atomic
def index_page(*, page: KeyedPage) -> None:
    """Write a published page into the search table."""
    number = getattr(page, "number", "")
    title = f"{number} {page.title}".strip()
    parts = [page.summary if isinstance(page, ManualPage) else "", getattr(page, "standfirst", "") or page.summary]
    words = "\n".join(filter(None, [*dict.fromkeys(parts), *plain_parts(text_of(page).blocks)]))
    tags = [tag.name for tag in page.tags.all()] if hasattr(page, "tags") else []
    SearchEntry.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "locale_id": page.locale_id,
            "title": title,
            "text": words,
            "folded_title": fold(" ".join([title, *tags])),
            "folded_text": fold(words),
        },
    )
