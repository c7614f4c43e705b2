"""People, invitations and organisations in the CMS."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import modelform_factory
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.users.views import users

from accounts.access import may_change_person
from accounts.forms import InvitationForm, PersonForm
from accounts.models import Invitation, Organisation, User
from accounts.selectors import roles_of
from accounts.services import AccountsError, add_person, change_person, invite_person, withdraw_invitation
from accounts.tasks import send_account_made, send_invitation


class KeptPolicy(ModelPermissionPolicy):
    """Nobody deletes what records hang on, administrators neither."""

    def user_has_permission(self, user, action):
        return action != "delete" and super().user_has_permission(user, action)


class PersonPolicy(KeptPolicy):
    """Nobody changes an account that can do more than they may give."""

    def user_has_permission_for_instance(self, user, action, instance):
        return super().user_has_permission_for_instance(user, action, instance) and (
            action == "view" or may_change_person(user, instance)
        )


class RefusalMixin:
    """Shows beside the form why a service refused."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except AccountsError as error:
            form.add_error(None, error.message)
            self.produced_error_message = error.message
            return self.form_invalid(form)


# --- People -----------------------------------------------------------------------------------------------------------


class PersonIndexView(users.IndexView):
    template_name = generic.IndexView.template_name
    results_template_name = generic.IndexView.results_template_name
    page_title = _("People")
    add_item_label = _("Add a person")
    search_fields = ["name", "email", "institution"]

    @cached_property
    def columns(self):
        title = self._get_title_column_class(TitleColumn)
        return [
            title("name", label=_("Name"), sort_key="name", get_url=self.get_edit_url),
            Column("email", label=_("E-mail address"), sort_key="email"),
            Column("organisation", label=_("Organisation"), sort_key="organisation__name"),
            Column("roles", label=_("Roles"), accessor=lambda person: ", ".join(roles_of(person))),
            BooleanColumn("is_active", label=_("Active"), sort_key="is_active"),
            DateColumn("last_login", label=_("Last login"), sort_key="last_login"),
        ]

    def get_base_queryset(self):
        return User.objects.select_related("organisation").prefetch_related("groups")

    def order_queryset(self, queryset):
        return super(users.IndexView, self).order_queryset(queryset)

    def get_edit_url(self, instance):
        return super().get_edit_url(instance) if may_change_person(self.request.user, instance) else None


class PersonCreateView(RefusalMixin, users.CreateView):
    page_title = _("Add a person")
    success_message = _("%(object)s has an account. A letter says where to choose a password.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "by": self.request.user}

    def save_instance(self):
        person = add_person(by=self.request.user, **self.form.cleaned_data)
        log(person, "wagtail.create", user=self.request.user)
        transaction.on_commit(lambda: send_account_made.enqueue(person.pk))
        return person


class PersonEditView(RefusalMixin, users.EditView):
    success_message = _("The account of %(object)s is changed.")

    def dispatch(self, request, *args, **kwargs):
        if not self.user_has_permission_for_instance("change", self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "by": self.request.user}

    def save_instance(self):
        answers = {"is_active": self.object.is_active, **self.form.cleaned_data}
        person = change_person(person=self.object, by=self.request.user, **answers)
        log(person, "wagtail.edit", user=self.request.user)
        return person


class PersonViewSet(users.UserViewSet):
    """Accounts: added by hand, changed by those who may, never deleted."""

    ordering = "name"
    menu_label = _("People")
    menu_hook = "register_people_menu_item"
    menu_order = 100
    copy_view_enabled = False
    template_prefix = ""
    index_view_class = PersonIndexView
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView

    def get_form_class(self, for_update=False):
        return PersonForm


# --- Invitations ------------------------------------------------------------------------------------------------------


class InviteView(RefusalMixin, generic.CreateView):
    page_title = _("Invite")
    success_message = _("%(object)s is invited; the letter is on its way.")
    submit_button_label = _("Invite")

    def save_instance(self):
        invitation, _token = invite_person(by=self.request.user, **self.form.cleaned_data)
        log(invitation, "wagtail.create", user=self.request.user)
        transaction.on_commit(lambda: send_invitation.enqueue(invitation.pk))
        return invitation


class InvitationView(RefusalMixin, generic.EditView):
    """Send an invitation again, or withdraw it; what it says stays as it was sent."""

    actions = ["send", "withdraw"]
    template_name = "accounts/admin/invitation.html"

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "state": self.object.state_at(timezone.now())}

    def save_instance(self):
        if self.action == "withdraw":
            withdraw_invitation(invitation=self.object)
        elif self.object.state_at(timezone.now()) == Invitation.State.OPEN:
            transaction.on_commit(lambda: send_invitation.enqueue(self.object.pk))
        else:
            raise AccountsError("closed", _("This invitation is closed. Please invite the person again."))
        log(self.object, "wagtail.edit", user=self.request.user)
        return self.object

    def get_success_message(self):
        return _("The invitation is withdrawn.") if self.action == "withdraw" else _("The letter is on its way.")


class InvitationViewSet(ModelViewSet):
    """Single-use doors to accounts."""

    model = Invitation
    icon = "mail"
    menu_label = _("Invitations")
    menu_order = 200
    copy_view_enabled = False
    add_to_reference_index = False
    add_view_class = InviteView
    edit_view_class = InvitationView
    edit_template_name = InvitationView.template_name
    list_display = [
        "email",
        "name",
        "cohort_key",
        Column("state", label=_("State"), accessor=lambda invitation: invitation.state_at(timezone.now()).label),
        "created",
        "expires",
        "invited_by",
    ]
    list_filter = ["cohort_key"]
    search_fields = ["email", "name"]

    def get_form_class(self, for_update=False):
        return modelform_factory(Invitation, fields=[]) if for_update else InvitationForm


# --- Organisations ----------------------------------------------------------------------------------------------------


class OrganisationViewSet(ModelViewSet):
    """Employers and partners."""

    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    menu_order = 300
    copy_view_enabled = False
    form_fields = ["name", "kind", "county", "country"]
    list_display = ["name", "kind", "county", "country"]
    list_filter = ["kind", "country"]
    search_fields = ["name"]


class PeopleGroup(ModelViewSetGroup):
    """What coordinators keep about people."""

    items = (InvitationViewSet, OrganisationViewSet)
    menu_label = _("People")
    menu_icon = "user"
    menu_order = 300
    submenu_hook = "register_people_menu_item"
