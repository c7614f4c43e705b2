"""Minutes as people read them; the spaces inside do not break."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()
NO_BREAK = "\N{NO-BREAK SPACE}"


@register.filter
def duration(minutes: int) -> str:
    """Write 90 as "1 h 30 min", 120 as "2 h" and 45 as "45 min"."""
    hours, rest = divmod(int(minutes), 60)
    parts = []
    if hours:
        # Translators: the abbreviation of hours, as in "3 h".
        parts.append(_("%(hours)s h") % {"hours": hours})
    if rest or not hours:
        parts.append(_("%(minutes)s min") % {"minutes": rest})
    return " ".join(parts).replace(" ", NO_BREAK)
