"""The blocks of the pages around the manual."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wagtail import blocks


class VoiceBlock(blocks.StructBlock):
    """A passage of the manual in one of its languages, with where it stands."""

    language = blocks.ChoiceBlock(label=_("language"), choices=settings.LANGUAGES)
    text = blocks.TextBlock(label=_("text"), max_length=400)
    source = blocks.CharBlock(
        label=_("where it stands"), max_length=120, help_text=_("For example: Chapter 4.2, The first 15 minutes.")
    )
    page = blocks.PageChooserBlock(label=_("page"), required=False)

    class Meta:
        label = _("voice")
        icon = "openquote"
        description = _("A passage of the manual in one of its languages, with where it stands.")
        preview_value = {
            "language": "nb",
            "text": "Du trenger ikke være sikker for å hjelpe.",
            "source": "Kapittel 4.2, De første 15 minuttene",
        }
