"""Tags of printed chapters; the document's `paper` in the context counts the footnotes."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from wagtail.blocks import StreamValue

from manual import selectors
from manual.text import paper
from manual.text.screen import term_keys

register = template.Library()

_SET_APART = {"aims", "content_note", "references"}  # the opening and the footnotes say these


@register.simple_tag(takes_context=True)
def begin_text(context: template.Context, body: StreamValue) -> str:
    """Begin a chapter: from here on the marks of sources mean this chapter's."""
    items = [item for block in body if block.block_type == "references" for item in block.value["items"]]
    _paper(context).begin_text({item["id"]: item["text"] for item in items})
    return ""


@register.simple_tag(takes_context=True)
def prose(context: template.Context, value: object) -> SafeString:
    """Print paragraphs and lists."""
    return SafeString(_paper(context).prose(getattr(value, "source", value) or ""))  # escaped word by word in Paper


@register.simple_tag(takes_context=True)
def phrase(context: template.Context, value: str | None) -> SafeString:
    """Print one line."""
    return SafeString(_paper(context).phrase(value or ""))


@register.simple_tag
def words_of(body: StreamValue) -> list[selectors.GlossaryEntry]:
    """Give the glossary terms that a text marks, in the language of the document."""
    keys = term_keys(body.get_prep_value())
    return selectors.glossary_in(get_language(), keys) if keys else []


@register.filter
def blocks_of(body: StreamValue, kind: str) -> list:
    """Give the blocks of one kind."""
    return [block for block in body if block.block_type == kind]


@register.filter
def running_text(body: StreamValue) -> list:
    """Give the blocks that stand in the text, in their order."""
    return [block for block in body if block.block_type not in _SET_APART]


def _paper(context: template.Context) -> paper.Paper:
    return context["paper"]
