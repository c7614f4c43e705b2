"""Tags of the frame: icons, head and foot, the way here, other languages."""

from functools import lru_cache

from django import template
from django.forms import BoundField
from django.template.base import FilterExpression, Parser, Token
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from wagtail.models import Page

from pages import selectors
from pages.routing import remember, remember_site

register = template.Library()

# How a notice looks, by our own words and by the level tags of django.contrib.messages.
NOTICE_LOOKS = {
    "info": ("", "info"),
    "ok": ("ok", "done"),
    "success": ("ok", "done"),
    "warn": ("warn", "alert"),
    "warning": ("warn", "alert"),
    "bad": ("bad", "alert"),
    "error": ("bad", "alert"),
}

# Widgets that the browser draws, without our frame.
BARE_WIDGETS = {"checkbox", "file", "clearablefile"}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite; with a label it speaks for itself, without one it stays silent beside words."""
    return _drawn(static("img/icons.svg"), name, str(label))


@lru_cache(maxsize=500)
def _drawn(sprite: str, name: str, label: str) -> SafeString:
    """Draw each icon once; a page holds dozens of a few."""
    spoken = format_html(' role="img" aria-label="{}"', label) if label else SafeString(' aria-hidden="true"')
    return format_html('<svg class="icon"{}><use href="{}#{}"/></svg>', spoken, sprite, name)


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """Draw the input of a field in our look; a label says what it is for, never a placeholder."""
    field.field.widget.attrs.pop("placeholder", None)
    if field.widget_type in BARE_WIDGETS:
        return field.as_widget()
    classes = f"input {field.field.widget.attrs.get('class', '')}".strip()
    return field.as_widget(attrs={"class": classes})


@register.filter
def without_help(field: BoundField) -> BoundField:
    """Drop the help of a field where the page says it better; the input then points to no help either."""
    field.help_text = ""
    return field


@register.simple_tag
def notice_kind(kind: str = "") -> dict[str, str]:
    """Give the class and the icon of a notice."""
    modifier, name = NOTICE_LOOKS.get(kind, NOTICE_LOOKS["info"])
    return {"modifier": modifier, "icon": name}


@register.simple_tag(takes_context=True)
def site_frame(context: template.Context) -> selectors.SiteFrame:
    """Give head and foot of the page; read once for a page, however often it is asked for."""
    request = context["request"]
    if not hasattr(request, "_site_frame"):
        page = _page_in(context)
        name = ("frame", request.get_host(), get_language())
        frame = remember_site(request, name, lambda: selectors.common_frame(request))
        languages = page and remember(
            request, _name("languages", page), lambda: selectors.language_choices(request, page)
        )
        request._site_frame = selectors.completed_frame(frame, request, page, languages)
    return request._site_frame


class SameForAll(template.Node):
    """A part of a template that is drawn once for all visitors, and again when the site's content has changed."""

    def __init__(self, name: str, page: FilterExpression | None, nodes: template.NodeList) -> None:
        self.name, self.page, self.nodelist = name, page, nodes

    def render(self, context: template.Context) -> str:
        request = context.get("request")
        if request is None:
            return self.nodelist.render(context)
        page = self.page and self.page.resolve(context)
        keep = remember if page else remember_site
        name = ("drawn", self.name, request.get_host(), page and page.pk, get_language())
        return keep(request, name, lambda: self.nodelist.render(context))


@register.tag
def same_for_all(parser: Parser, token: Token) -> SameForAll:
    """Draw what stands up to `endsame` once: `{% same_for_all "foot" %}`, or `{% same_for_all "head" page %}`.

    Nothing in between may depend on who is visiting, nor on the address beyond the page and the language.
    """
    name, *page = token.split_contents()[1:]
    nodes = parser.parse(("endsame",))
    parser.delete_first_token()
    return SameForAll(name, parser.compile_filter(page[0]) if page else None, nodes)


@register.simple_tag(takes_context=True)
def manual_shelf(context: template.Context) -> selectors.Shelf:
    """Give the manual at a glance."""
    return selectors.shelf_of(context["request"])


@register.simple_tag
def in_language(code: str) -> str:
    """Say "in this language" in that language."""
    return selectors.IN_LANGUAGE.get(code, code)


@register.simple_tag(takes_context=True)
def page_trail(context: template.Context, page: Page) -> list[selectors.Link]:
    """Give the way to a page, for components/breadcrumbs.html."""
    request = context["request"]
    return remember(request, _name("trail", page), lambda: selectors.trail_of(request, page))


@register.simple_tag(takes_context=True)
def alternate_links(context: template.Context, page: Page) -> SafeString:
    """Tell search engines and browsers where the same page is in other languages."""
    request = context["request"]
    choices = remember(request, _name("translations", page), lambda: selectors.translations_of(request, page))
    links = ((code, request.build_absolute_uri(url)) for code, url in choices.items() if url)
    return format_html_join("\n    ", '<link rel="alternate" hreflang="{}" href="{}">', links)


def _name(what: str, page: Page | None) -> tuple:
    return what, page and page.pk, get_language()


def _page_in(context: template.Context) -> Page | None:
    page = context.get("page")
    return page if isinstance(page, Page) else None
