"""People in the CMS: who may change whom, and what Wagtail's own account page leaves out."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from accounts.models import Invitation, Organisation, User
from accounts.viewsets import KeptPolicy, PeopleGroup, PersonPolicy

register_permission_policy(User, PersonPolicy(User))
register_permission_policy(Invitation, KeptPolicy(Invitation))
register_permission_policy(Organisation, KeptPolicy(Organisation))


@hooks.register("register_admin_viewset")
def register_people():
    return PeopleGroup()


@hooks.register("before_bulk_action")
def change_people_one_by_one(request, action_type, objects, action):
    """Wagtail's bulk actions on people give any role to anybody and delete; ours is a form per person."""
    if User in action.models:
        raise PermissionDenied


@hooks.register("before_serve_page", order=-1)
def close_page_to_others(page, request, args, kwargs):
    """A page of a group is not there for other people; Wagtail would send them to sign in, and in a circle."""
    close_to_others(request, page.get_view_restrictions())


@hooks.register("before_serve_document", order=-1)
def close_document_to_others(document, request):
    """The same for documents."""
    close_to_others(request, document.collection.get_view_restrictions())


def close_to_others(request, restrictions):
    if request.user.is_authenticated and not all(restriction.accept_request(request) for restriction in restrictions):
        raise Http404
