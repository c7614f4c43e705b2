"""The form of an uploaded image, and the one that the style page shows, which is never sent."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class WholeImageField(WagtailImageField):
    """Takes a picture only when all of it is there; Wagtail answers a cut one with an error of the server."""

    def to_python(self, data):
        try:
            return super().to_python(data)
        except (OSError, SyntaxError, ValueError) as error:
            raise ValidationError(
                _("A part of this picture is missing or damaged. Please save it again and upload the new file."),
                code="damaged",
            ) from error


class ImageForm(BaseImageForm):
    """The form of every image in the CMS."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = WholeImageField(label=field.label, required=field.required, widget=field.widget)


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
