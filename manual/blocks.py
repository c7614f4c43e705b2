"""What a chapter is made of: exactly the blocks that the text files can express."""

from django.utils.translation import gettext_lazy as _

from wagtail import blocks


class BodyBlock(blocks.StreamBlock):
    """The body of a chapter."""

    text = blocks.RichTextBlock(label=_("Text"))
