"""What a chapter is made of: exactly the blocks that the text files can express."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageChooserBlock

PROSE = ["bold", "italic", "link", "ol", "ul"]
MARKS = _(
    "One line. **strong**, *stress*, [text](https://…), [^s40] for a source, [cuvânt]{lang=ro} for foreign words."
)
NO_DASH = RegexValidator(" — ", _("The files part option and feedback by “ — ”; use another dash."), inverse_match=True)
SLUG = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Small letters, digits and single hyphens."))


class Phrase(blocks.TextBlock):
    """One line with Markdown's marks, as in the files."""

    def __init__(self, **kwargs):
        super().__init__(**{"rows": 2, "help_text": MARKS, **kwargs})


class Prose(blocks.RichTextBlock):
    """Paragraphs and lists."""

    def __init__(self, **kwargs):
        super().__init__(**{"features": PROSE, **kwargs})


def phrases(label, **kwargs):
    """A list of lines."""
    return blocks.ListBlock(Phrase(label=_("Line")), label=label, **kwargs)


class TextBlock(Prose):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs and lists.")
        preview_value = "<p>Safety comes <b>first</b>. Ask what the person needs today.</p>"
        template = "blocks/text.html"


class HeadingBlock(blocks.StructBlock):
    text = Phrase(label=_("Words"), rows=1)
    anchor = blocks.CharBlock(
        label=_("Anchor"), max_length=40, validators=[SLUG], help_text=_("The same in every language, such as child.")
    )
    level = blocks.ChoiceBlock(label=_("Level"), choices=[("2", _("Section")), ("3", _("Sub-section"))], default="2")

    class Meta:
        icon = "title"
        label = _("Heading")
        label_format = "{text}"
        description = _("Begins a section, with an anchor that links and questions point to.")
        preview_value = {"text": "When the person is a child", "anchor": "child", "level": "2"}
        template = "blocks/heading.html"


class AimsBlock(blocks.StructBlock):
    items = phrases(_("After this chapter you can"))

    class Meta:
        icon = "check"
        label = _("Learning aims")
        description = _("What the reader can do after this chapter.")
        preview_value = {"items": ["take a situation apart into act, means and purpose;"]}
        template = "blocks/aims.html"


class KeyPointBlock(blocks.StructBlock):
    text = Phrase(label=_("Key point"))

    class Meta:
        icon = "key"
        label = _("Key point")
        description = _("One sentence to remember.")
        preview_value = {"text": "No border is needed."}
        template = "blocks/key_point.html"


class KeyPointsBlock(blocks.StructBlock):
    items = phrases(_("Key points"))

    class Meta:
        icon = "key"
        label = _("Key points")
        description = _("What to remember, at the end of a chapter.")
        preview_value = {"items": ["For an adult: act, means and purpose."]}
        template = "blocks/key_points.html"


class LawColumnBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Country"), max_length=60)
    text = Prose(label=_("Text"))

    class Meta:
        icon = "globe"
        label = _("Column")


class LawBlock(blocks.StructBlock):
    title = Phrase(label=_("Title"), rows=1)
    text = Prose(label=_("Text"), required=False)
    columns = blocks.ListBlock(LawColumnBlock(), label=_("Side by side"), default=[], max_num=3)
    source = Phrase(label=_("Source"))
    as_of = blocks.DateBlock(label=_("Checked on"))
    review_due = blocks.DateBlock(label=_("Next check due"), required=False)

    class Meta:
        icon = "clipboard-list"
        label = _("What is law")
        label_format = "{title}"
        description = _("What the law says, with its source and the day it was checked.")
        preview_value = {
            "title": "One definition, two penal codes",
            "text": "",
            "columns": [
                {"title": "Romania", "text": "<p>Criminal Code art. 210.</p>"},
                {"title": "Norway", "text": "<p>Penal Code section 257.</p>"},
            ],
            "source": "Law 202/2024.",
            "as_of": date(2026, 11, 23),
            "review_due": date(2027, 11, 23),
        }
        template = "blocks/law.html"


class PracticeBlock(blocks.StructBlock):
    title = Phrase(label=_("Title"), rows=1)
    text = Prose(label=_("Text"))
    source = Phrase(label=_("Source"), required=False)

    class Meta:
        icon = "group"
        label = _("Agreed practice")
        label_format = "{title}"
        description = _("What services have agreed to do, with its source.")
        preview_value = {
            "title": "Act on a reasonable ground",
            "text": "<p>You do not need proof to help.</p>",
            "source": "",
        }
        template = "blocks/practice.html"


class MethodBlock(blocks.StructBlock):
    title = Phrase(label=_("Title"), rows=1)
    intro = Phrase(label=_("Introduction"), required=False)
    steps = phrases(_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Method")
        label_format = "{title}"
        description = _("A way of working, step by step.")
        preview_value = {
            "title": "The grid in five minutes",
            "intro": "",
            "steps": ["Write down what you saw or heard."],
        }
        template = "blocks/method.html"


class CaseBlock(blocks.StructBlock):
    title = Phrase(label=_("Title"), rows=1)
    story = Prose(label=_("Story"))
    task = Prose(label=_("Task"))
    discussion = Prose(label=_("Discussion"), help_text=_("Folded on the screen until the reader opens it."))

    class Meta:
        icon = "user"
        label = _("Fictional case")
        label_format = "{title}"
        description = _("An invented story with a task and a discussion. Never a real person, place or date.")
        preview_value = {
            "title": "Mihai and the warehouse",
            "story": "<p>Mihai has come to your office to ask about a bus ticket.</p>",
            "task": "<ul><li>What can you offer today?</li></ul>",
            "discussion": "<p>A chair, water and time.</p>",
        }
        template = "blocks/case.html"


class ReflectionBlock(blocks.StructBlock):
    question = Phrase(label=_("Question"))
    help = Prose(label=_("Help"), required=False)

    class Meta:
        icon = "help"
        label = _("Reflection")
        label_format = "{question}"
        description = _("A question to think about. Its answers are never collected.")
        preview_value = {"question": "Which means looks like a favour?", "help": ""}
        template = "blocks/reflection.html"


class ChecklistBlock(blocks.StructBlock):
    title = Phrase(label=_("Title"), rows=1)
    items = phrases(_("Lines"))

    class Meta:
        icon = "list-ul"
        label = _("Checklist")
        label_format = "{title}"
        description = _("Things to tick off on paper.")
        preview_value = {"title": "Before the first talk", "items": ["The room has a door that closes."]}
        template = "blocks/checklist.html"


class TableBlock(TypedTableBlock):
    text = Phrase(label=_("Text"), required=False)

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("A table with a heading over each column; the first column names its row.")
        preview_value = {
            "caption": "The definition for an adult",
            "columns": [{"type": "text", "heading": "Element"}, {"type": "text", "heading": "What to ask yourself"}],
            "rows": [{"values": ["Act", "What was done?"]}],
        }
        template = "blocks/table.html"


class FigureNumberBlock(blocks.StructBlock):
    value = blocks.CharBlock(label=_("Figure"), max_length=40)
    text = Phrase(label=_("The sentence it belongs to"))
    source = Phrase(label=_("Source with year"))

    class Meta:
        icon = "order"
        label = _("Key figure")
        label_format = "{value}"
        description = _("One figure, the sentence it belongs to, its source and year.")
        preview_value = {"value": "38 %", "text": "of the victims detected were children.", "source": "UNODC, 2024"}
        template = "blocks/figure_number.html"


class OptionBlock(blocks.StructBlock):
    right = blocks.BooleanBlock(label=_("Right"), required=False)
    text = Phrase(label=_("Answer"), validators=[NO_DASH])
    feedback = Phrase(label=_("Feedback"))

    class Meta:
        icon = "radio-full"
        label = _("Answer")


class SelfCheckBlock(blocks.StructBlock):
    question = Phrase(label=_("Question"))
    options = blocks.ListBlock(OptionBlock(), label=_("Answers"), min_num=2)

    def clean(self, value):
        cleaned = super().clean(value)
        if not any(option["right"] for option in cleaned["options"]):
            raise blocks.StructBlockValidationError(
                {"options": ValidationError(_("Mark one answer or more as right."))}
            )
        return cleaned

    class Meta:
        icon = "circle-check"
        label = _("Self-check")
        label_format = "{question}"
        description = _("A question for practice, answered in the page. Nothing is recorded.")
        preview_value = {
            "question": "Must a border be crossed?",
            "options": [
                {"right": True, "text": "No", "feedback": "It can happen inside one town."},
                {"right": False, "text": "Yes", "feedback": "No border is needed."},
            ],
        }
        template = "blocks/self_check.html"


class SayBlock(blocks.StructBlock):
    title = Phrase(label=_("Title"), rows=1)
    items = phrases(_("What to say"))
    never = phrases(_("What never to say"), default=[])

    class Meta:
        icon = "openquote"
        label = _("Words to use")
        label_format = "{title}"
        description = _("Example phrases, and what not to say.")
        preview_value = {
            "title": "When the person agreed",
            "items": ["“What were you told?”"],
            "never": ["“Why did you go?”"],
        }
        template = "blocks/say.html"


class ContentNoteBlock(blocks.StructBlock):
    text = Prose(label=_("Text"))

    class Meta:
        icon = "warning"
        label = _("Content note")
        description = _("What the reader will meet, before it comes.")
        preview_value = {"text": "<p>One short fictional case, without violence.</p>"}
        template = "blocks/content_note.html"


class PauseBlock(blocks.StructBlock):
    text = Prose(label=_("Text"))

    class Meta:
        icon = "time"
        label = _("Pause and support")
        description = _("Leave to stop, and where support is.")
        preview_value = {"text": "<p>You may stop here for today.</p>"}
        template = "blocks/pause.html"


class ReferenceBlock(blocks.StructBlock):
    id = blocks.CharBlock(
        label=_("Mark"), max_length=40, validators=[SLUG], help_text=_("Cited in the text as [^mark].")
    )
    text = Phrase(label=_("Full reference, with year"))

    class Meta:
        icon = "doc-full"
        label = _("Source")


class ReferencesBlock(blocks.StructBlock):
    items = blocks.ListBlock(ReferenceBlock(), label=_("Sources"))

    class Meta:
        icon = "doc-full"
        label = _("Sources")
        description = _("The sources of the chapter, cited in the text by their marks.")
        preview_value = {"items": [{"id": "s40", "text": "European Commission, 2025."}]}
        template = "blocks/references.html"


class FigureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("Description"), max_length=255, help_text=_("What the picture says, for those who do not see it.")
    )
    caption = Phrase(label=_("Caption"), required=False)
    source = Phrase(label=_("Source"), required=False)

    class Meta:
        icon = "image"
        label = _("Figure")
        label_format = "{alt}"
        description = _("A drawing or diagram with its description. Never a picture of a person in distress.")
        preview_value = {"image": None, "alt": "The grid", "caption": "The grid", "source": ""}
        template = "blocks/figure.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a module or chapter; the names are the files' directives."""

    text = TextBlock()
    heading = HeadingBlock()
    aims = AimsBlock()
    key_point = KeyPointBlock()
    key_points = KeyPointsBlock()
    law = LawBlock()
    practice = PracticeBlock()
    method = MethodBlock()
    case = CaseBlock()
    reflection = ReflectionBlock()
    checklist = ChecklistBlock()
    table = TableBlock()
    figure_number = FigureNumberBlock()
    self_check = SelfCheckBlock()
    say = SayBlock()
    content_note = ContentNoteBlock()
    pause = PauseBlock()
    references = ReferencesBlock()
    figure = FigureBlock()
