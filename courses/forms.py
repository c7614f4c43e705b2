"""Input on the pages of courses."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class PlaceForm(forms.Form):
    """Whom a coordinator gives a place: an existing account is enrolled, everybody else is invited."""

    email = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        required=False,
        help_text=_("For a new person; they can correct it themselves."),
    )
    language = forms.ChoiceField(label=_("Language of documents"), choices=settings.LANGUAGES)


class ReasonForm(forms.Form):
    """A deed that has to be explained."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
