"""What a practice scenario is made of: an introduction, steps with their choices, a debriefing."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from manual.blocks.chapter import (
    SLUG,
    ContentNoteBlock,
    KeyPointBlock,
    KeyPointsBlock,
    PauseBlock,
    Phrase,
    Prose,
    ReflectionBlock,
    SayBlock,
    TextBlock,
)

NO_DASH = RegexValidator(
    " — ", _("The files part choice and consequence by “ — ”; use another dash."), inverse_match=True
)
NO_LINK = RegexValidator(r"\]\(", _("No link stands in a step. Put it into the debriefing."), inverse_match=True)
NAME = {"max_length": 40, "validators": [SLUG]}


class ChoiceBlock(blocks.StructBlock):
    target = blocks.CharBlock(label=_("Leads to"), help_text=_("The name of a step, such as water."), **NAME)
    text = Phrase(label=_("What the reader does or says"), validators=[NO_DASH, NO_LINK])
    consequence = Phrase(
        label=_("What follows from it"),
        required=False,
        validators=[NO_LINK],
        help_text=_("Shown on the next page, before the next step: what it did, and why."),
    )

    class Meta:
        icon = "arrow-right"
        label = _("Choice")
        label_format = "{target}: {text}"


class StepBlock(blocks.StructBlock):
    title = Phrase(label=_("Title"), rows=1, validators=[NO_LINK])
    anchor = blocks.CharBlock(label=_("Name"), help_text=_("The same in every language, such as door."), **NAME)
    # In the files every line with a hyphen is a choice, so the text of a step has numbered lists only. Nobody is led
    # away in the middle of a conversation, so it has no links.
    text = Prose(label=_("What happens"), features=["bold", "italic", "ol"])
    choices = blocks.ListBlock(
        ChoiceBlock(), label=_("Choices"), default=[], help_text=_("Two to four; a step without choices is an ending.")
    )

    class Meta:
        icon = "comment"
        label = _("Step")
        label_format = "{anchor}: {title}"
        description = _("What happens, what the person says, and what the reader can choose to do.")
        preview_value = {
            "title": "She stands in the door",
            "anchor": "door",
            "text": "<p>She looks at the chair and does not sit down.</p>",
            "choices": [
                {"target": "water", "text": "“There is water, if you like.”", "consequence": "She nods."},
                {"target": "silence", "text": "Wait.", "consequence": "She waits, too."},
            ],
        }
        template = "blocks/step.html"


class StepsBlock(blocks.StreamBlock):
    """The steps of a scenario; the first is where the conversation begins."""

    step = StepBlock()


class IntroductionBlock(blocks.StreamBlock):
    """What comes before the first step."""

    text = TextBlock()
    content_note = ContentNoteBlock()
    pause = PauseBlock()


class ClosingBlock(blocks.StreamBlock):
    """What is said about a scenario afterwards."""

    text = TextBlock()
    say = SayBlock()
    key_point = KeyPointBlock()
    key_points = KeyPointsBlock()
    reflection = ReflectionBlock()


# --- What the rules have to say, at its place in the editor -----------------------------------------------------------

SAID = {
    "number": _("A scenario has 8 to 15 steps, the debriefing aside. This one has %(said)s."),
    "no-ending": _("No step is an ending. A step without choices is one."),
    "twice": _("There is another step with the name “%(said)s”."),
    "reserved": _("“%(said)s” is the name of the debriefing. Call the step otherwise."),
    "choices": _("A step has 2 to 4 choices, or none if it is an ending. This one has %(said)s."),
    "unknown": _("There is no step “%(said)s” to lead to."),
    "unreachable": _("No choices lead from the first step to “%(said)s”."),
    "dead-end": _("No ending can be reached from “%(said)s”."),
    "missing": _("The step “%(said)s” of the source language is missing."),
    "extra": _("The source language has no step “%(said)s”."),
    "order": _("In the source language the step “%(said)s” stands here."),
    "count": _("In the source language this step has %(said)s choices."),
    "target": _("In the source language this choice leads to “%(said)s”."),
}


def sentence(fault):
    """Say what is wrong, in the language of the editor."""
    return SAID[fault.code] % {"said": fault.said}


def refusal(faults):
    """Give the error that shows each fault where it can be mended: at its choice, at its step, or above all steps."""
    above, at_steps = [], defaultdict(lambda: {"anchor": [], "choices": [], "targets": defaultdict(list)})
    for fault in faults:
        said = ValidationError(sentence(fault), code=fault.code)
        if fault.step is None:
            above.append(said)
        elif fault.choice is not None:
            at_steps[fault.step]["targets"][fault.choice].append(said)
        else:
            at_steps[fault.step]["choices" if fault.code in {"choices", "count"} else "anchor"].append(said)
    return blocks.StreamBlockValidationError(
        block_errors={at: _step_refusal(**errors) for at, errors in at_steps.items()}, non_block_errors=above
    )


def _step_refusal(anchor, choices, targets):
    errors = {"anchor": ValidationError(anchor)} if anchor else {}
    if choices or targets:
        at_choices = {
            at: blocks.StructBlockValidationError({"target": ValidationError(said)}) for at, said in targets.items()
        }
        errors["choices"] = blocks.ListBlockValidationError(block_errors=at_choices, non_block_errors=choices)
    return blocks.StructBlockValidationError(errors)
