"""Input of those who check a certificate and of coordinators."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from certificates.codes import LONGEST_TYPED, name_words

LARGEST_FILE = 5 * 1024 * 1024


class CodeForm(forms.Form):
    """The code beside the square."""

    code = forms.CharField(
        label=_("Verification code"),
        max_length=LONGEST_TYPED,
        help_text=_("Twenty-six signs in groups, printed beside the square code. Capitals and dashes do not matter."),
        widget=forms.TextInput(
            attrs={"class": "input--code input--token", "autocomplete": "off", "spellcheck": "false"}
        ),
    )


class NameForm(forms.Form):
    """The name on the paper somebody holds."""

    name = forms.CharField(
        label=_("Name on the certificate"),
        max_length=200,
        help_text=_("As it is printed. Capitals, accents and the order of names do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if not name_words(name):
            raise forms.ValidationError(_("Type the name with letters."), code="no_letters")
        return name


class FileForm(forms.Form):
    """A certificate as a file."""

    file = forms.FileField(
        label=_("Certificate as a PDF file"),
        help_text=_("At most 5 MB. The file is compared and forgotten; it is not kept."),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 5 MB; no certificate is."), code="too_large")
        return file


class RevokeForm(forms.Form):
    """Why a certificate is withdrawn."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("The holder reads it; the public learns only that and when it was revoked."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReplaceForm(forms.Form):
    """The name as it should have been, and why."""

    recipient = forms.CharField(
        label=_("Name as it is to be printed"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("It is printed on the new copy, in the language of the certificate: “The name was misspelt.”"),
    )
