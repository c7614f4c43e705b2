"""Tags of the frame: icons, head and foot, the way here, other languages."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Page

from pages import selectors

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


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite; with a label it speaks for itself, without one it stays silent beside words."""
    spoken = format_html(' role="img" aria-label="{}"', label) if label else SafeString(' aria-hidden="true"')
    return format_html('<svg class="icon"{}><use href="{}#{}"/></svg>', spoken, static("img/icons.svg"), name)


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
        request._site_frame = selectors.frame_of(request, _page_in(context))  # noqa: SLF001 -- ours, for one request
    return request._site_frame  # noqa: SLF001


@register.simple_tag(takes_context=True)
def page_trail(context: template.Context, page: Page) -> list[selectors.Link]:
    """Give the way to a page, for components/breadcrumbs.html."""
    return selectors.trail_of(context["request"], page)


@register.simple_tag(takes_context=True)
def alternate_links(context: template.Context, page: Page) -> SafeString:
    """Tell search engines and browsers where the same page is in other languages."""
    request = context["request"]
    choices = selectors.translations_of(request, page)
    links = ((code, request.build_absolute_uri(url)) for code, url in choices.items() if url)
    return format_html_join("\n    ", '<link rel="alternate" hreflang="{}" href="{}">', links)


def _page_in(context: template.Context) -> Page | None:
    page = context.get("page")
    return page if isinstance(page, Page) else None
