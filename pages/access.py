"""Who may see a page: the one question every view that shows or prints a page asks."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from wagtail.models import Page, PageViewRestriction


class SignInNeededError(Exception):
    """The page is for people who are signed in; the view sends the visitor to sign in."""


def visible_page(request: HttpRequest, page_id: int) -> Page:
    """Give a live page the visitor may read, checking the view restrictions of the page and all its ancestors.

    Raises Http404 when the page is missing, unpublished or closed to this person, and SignInNeededError when
    signing in could open it.
    """
    page = get_object_or_404(Page.objects.live().filter(depth__gt=1), pk=page_id)
    for restriction in page.get_view_restrictions():
        if restriction.accept_request(request):
            continue
        if restriction.restriction_type == PageViewRestriction.LOGIN or not request.user.is_authenticated:
            raise SignInNeededError
        raise Http404
    return page.specific
