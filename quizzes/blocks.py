"""The options of a question, as editors see them."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from quizzes.questions import FEWEST_OPTIONS, MOST_OPTIONS


class OptionBlock(blocks.StructBlock):
    key = blocks.CharBlock(
        label=_("Key"),
        max_length=20,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Small letters, digits and single hyphens."))],
        help_text=_("The same in every language, such as a; trainees never see it."),
    )
    right = blocks.BooleanBlock(label=_("Right"), required=False)
    text = blocks.TextBlock(label=_("Option"), rows=2)
    feedback = blocks.TextBlock(
        label=_("Feedback"),
        rows=2,
        required=False,
        help_text=_("Shown after the attempt; every wrong option needs it."),
    )

    class Meta:
        icon = "list-ul"
        label = _("Option")
        label_format = "{key}: {text}"
        description = _("One thing that can be chosen.")
        preview_value = {
            "key": "a",
            "right": True,
            "text": "An act, a means and the purpose of exploitation",
            "feedback": "",
        }


class OptionsBlock(blocks.StreamBlock):
    """Two to eight options; which of them are right is checked with the whole question."""

    option = OptionBlock()

    class Meta:
        min_num = FEWEST_OPTIONS
        max_num = MOST_OPTIONS
