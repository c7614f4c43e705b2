"""What people write about themselves, and what coordinators write about people."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail.admin.forms import WagtailAdminModelForm

from accounts import roles
from accounts.access import grantable_roles
from accounts.models import Invitation, User
from accounts.selectors import person_at, roles_of

ROLE_LABELS = {
    roles.EDITOR: _("Editor: keeps the manual"),
    roles.TRAINER: _("Trainer: runs the cohorts they are named for"),
    roles.COORDINATOR: _("Coordinator: answers for all courses and cohorts"),
    roles.ADMINISTRATOR: _("Administrator: everything, also roles"),
}


JOINERS = "\u200c\u200d"  # Persian names and some emoji need them; other invisible signs only mislead.


class NameField(forms.CharField):
    """A person's name with single spaces, and without invisible signs that turn or hide what is printed."""

    def to_python(self, value):
        typed = super().to_python(value)
        seen = "".join(sign for sign in typed if sign.isprintable() or sign.isspace() or sign in JOINERS)
        return " ".join(seen.split()).strip(JOINERS)


class ProfileForm(forms.ModelForm):
    """A person's own details."""

    class Meta:
        model = User
        fields = ["name", "profession", "institution", "professional_code", "language"]
        field_classes = {"name": NameField}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "profession": forms.TextInput(attrs={"autocomplete": "organization-title"}),
            "institution": forms.TextInput(attrs={"autocomplete": "organization"}),
        }


class WelcomeForm(forms.Form):
    """What somebody without an account fills in to accept an invitation."""

    name = NameField(
        label=_("Full name"),
        max_length=200,
        help_text=_("As on your identity document; it is printed on certificates."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    profession = forms.CharField(label=_("Profession"), max_length=100, required=False)
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_(
            "Ten characters or more. Three or four words that only you would put together are easy to keep and hard"
            " to guess."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, invitation: Invitation, **kwargs):
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        self.fields["name"].initial = invitation.name

    def clean_password(self):
        person = User(email=self.invitation.email, name=self.data.get("name", ""))
        validate_password(self.cleaned_data["password"], person)
        return self.cleaned_data["password"]


class InvitationForm(WagtailAdminModelForm):
    """Whom a coordinator invites, and where to."""

    class Meta:
        model = Invitation
        fields = ["email", "name", "language", "cohort_key"]


class PersonForm(forms.ModelForm):
    """An account as coordinators and administrators see it: no password, and only the roles they may give."""

    roles = forms.MultipleChoiceField(
        label=pgettext_lazy("of a person", "Roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everyone who is enrolled in a cohort is a trainee; that needs no role."),
    )

    class Meta:
        model = User
        fields = ["email", "name", "profession", "organisation", "language", "is_active"]
        field_classes = {"name": NameField}
        help_texts = {
            "is_active": _("Untick to close the account; whoever is signed in with it is signed out at once.")
        }

    def __init__(self, *args, by: User, editing_self: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        held = roles_of(self.instance) if self.instance.pk else []
        self.fields["roles"].initial = held
        offered = [] if editing_self else grantable_roles(by)
        self.fields["roles"].choices = [(role, ROLE_LABELS[role]) for role in roles.ALL if role in {*offered, *held}]
        self.fields["roles"].disabled = editing_self
        if editing_self or not self.instance.pk:
            del self.fields["is_active"]

    def clean_email(self):
        email = User.objects.normalize_email(self.cleaned_data["email"]).lower()
        if person_at(email) not in (None, self.instance):
            raise ValidationError(_("There is an account with this e-mail address already."), code="unique")
        return email
