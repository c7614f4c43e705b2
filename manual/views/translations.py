"""The state of the translations, in the CMS."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wagtail.models import Page

from manual import selectors
from manual.models import ReviewedPage
from manual.services import ManualError, mark_translation_checked


@require_safe
def translations(request: HttpRequest) -> HttpResponse:
    """List the texts that wait for a translator or a reviewer."""
    waiting = [row for row in selectors.standings() if row.stale or row.untranslated or not row.is_reviewed]
    return render(request, "manual/cms/translations.html", {"waiting": waiting})


@require_http_methods(["GET", "HEAD", "POST"])
def translation(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show a translation beside what its source says now; note that somebody has checked it."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, ReviewedPage):
        raise Http404
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if request.method == "POST":
        try:
            mark_translation_checked(page=page, by=request.user)
        except ManualError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("“%(page)s” is noted as checked against its source.") % {"page": page})
        return redirect("manual_translations")
    draft = page.get_latest_revision_as_object()
    source = selectors.source_of(page)
    standing = selectors.standing_of(draft, source)
    return render(request, "manual/cms/translation.html", {"page": page, "source": source, "standing": standing})
