"""The one door to uploaded images; every other file in the media folder is given out by its own app, or not at all."""

import mimetypes

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from wagtail.models import Collection
from wagtail.permissions import policy_registry

from pages.models import Image, Rendition

CMS_ACTIONS = ["add", "change", "choose"]
DAY = 24 * 60 * 60


@require_safe
def media(request: HttpRequest, name: str) -> FileResponse:
    """Show an image in a size that was made for a page, as far as its collection is open to the visitor.

    The image as it was uploaded is for people who choose images in the CMS. Nothing else has an address here:
    documents, prints, certificates and scans are answered by views that know whom they are for.
    """
    if "\x00" in name:
        raise Http404
    rendition = Rendition.objects.select_related("image__collection").filter(file=name).first()
    if rendition is not None:
        file, collection = rendition.file, rendition.image.collection
    else:
        image = Image.objects.select_related("collection").filter(file=name).first()
        if image is None or not may_choose(request, image):
            raise Http404
        file, collection = image.file, image.collection
    is_public = rendition is not None and is_open_to_all(request, collection)
    try:
        response = FileResponse(file.open("rb"), content_type=mimetypes.guess_type(name)[0])
    except FileNotFoundError:
        raise Http404 from None
    response["Cache-Control"] = f"public, max-age={DAY}" if is_public else "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def may_choose(request: HttpRequest, image: Image) -> bool:
    """Whether the visitor works with this image in the CMS."""
    policy = policy_registry.get_by_type(Image)
    return policy.user_has_any_permission_for_instance(request.user, CMS_ACTIONS, image)


def is_open_to_all(request: HttpRequest, collection: Collection) -> bool:
    """Whether a collection is public; a closed one that does not open to this visitor is not there at all."""
    restrictions = list(collection.get_view_restrictions())
    if not all(restriction.accept_request(request) for restriction in restrictions):
        raise Http404
    return not restrictions
