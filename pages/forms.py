"""The form that the style page shows; it is never sent."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SpecimenForm(forms.Form):
    """One field of every kind the site uses."""

    name = forms.CharField(
        label=_("Name as on your identity document"),
        help_text=_("With ș, ț, å and ø. It is printed on the certificate."),
        error_messages={"required": _("Write your name as it stands on your identity document.")},
    )
    reason = forms.CharField(
        label=_("Reason for the correction"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write one sentence. The auditor will read it.")},
    )
    language = forms.ChoiceField(label=_("Language of documents"), choices=settings.LANGUAGES)
    days = forms.MultipleChoiceField(
        label=_("Days"),
        choices=[("1", _("Monday")), ("2", _("Tuesday"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    read = forms.BooleanField(
        label=_("I have read this chapter"),
        error_messages={"required": _("Tick the box when you have read the chapter.")},
    )
