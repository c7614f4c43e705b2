"""People in the CMS: who may change whom, and what Wagtail's own account page leaves out."""

from django.core.exceptions import PermissionDenied

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
