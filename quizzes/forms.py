"""The form of one question, built from the paper it was served on; and the form by which editors keep the bank."""

import json
import uuid

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms import WagtailAdminModelForm

from manual.text import translation_key
from quizzes.models import Attempt, Question
from quizzes.questions import FEWEST_OPTIONS, MOST_OPTIONS, Kind, faults
from quizzes.selectors import Line
from quizzes.selectors.passages import find_chapter, sections_of


class AnswerForm(forms.Form):
    """The choices of a trainee; which of them exist is known by the paper, which of them are right by nobody here."""

    choice = forms.TypedMultipleChoiceField(
        required=False, error_messages={"invalid_choice": _("One of the choices does not belong to this question.")}
    )
    sequence = forms.IntegerField(min_value=1)

    def __init__(self, line: Line, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.line = line
        self.fields["choice"].choices = [(option["id"], option["text"]) for option in line.paper["options"]]

    @property
    def says_something(self) -> bool:
        """Whether there is an answer to save: a question that was and stays unanswered has none."""
        return bool(self.cleaned_data["choice"]) or self.line.is_answered

    def event_id(self, attempt: Attempt) -> uuid.UUID:
        """Name what this form says: sent twice, it is the same event."""
        said = [self.line.position, self.cleaned_data["sequence"], sorted(self.cleaned_data["choice"])]
        return uuid.uuid5(attempt.uuid, repr(said))


class AnswerMessage(forms.Form):
    """An answer as the page's script sends it."""

    event_id = forms.UUIDField()
    sequence = forms.IntegerField(min_value=1)
    choices = forms.CharField(max_length=1000)

    def clean_choices(self) -> list[str]:
        try:
            choices = json.loads(self.cleaned_data["choices"])
        except (ValueError, RecursionError):
            choices = None
        if not isinstance(choices, list) or not all(isinstance(choice, str) for choice in choices):
            raise forms.ValidationError(_("The choices are not a list."))
        return choices


class StartForm(forms.Form):
    """In which place an attempt begins; a person may have several."""

    enrolment = forms.UUIDField()


FAULTS = {
    "number_of_options": _("A question has %(fewest)s to %(most)s options."),
    "key_twice": _("Two options have the key “%(key)s”."),
    "none_right": _("Mark at least one option as right."),
    "all_right": _("Every option is right, so there is nothing to decide."),
    "more_than_one_right": _("Mark one option as right, or choose “Several right answers”."),
    "no_text": _("Option “%(key)s” has no text."),
    "no_feedback": _("Option “%(key)s” is wrong: say why in its feedback."),
}


class QuestionForm(WagtailAdminModelForm):
    """What an editor may say in a question; in a translation only the words may differ from the source."""

    def clean(self) -> dict:
        cleaned = super().clean()
        question: Question = self.instance
        if question._state.adding and question.translation_key != translation_key(question.key):
            question.translation_key = translation_key(question.key)
        if cleaned.get("chapter_key"):
            self._check_passage(cleaned["chapter_key"], cleaned.get("anchor", ""))
        if cleaned.get("options") is not None and cleaned.get("kind"):
            question.options = cleaned["options"]
            self._check_options(Kind(cleaned["kind"]))
            self._check_against_source(cleaned)
        return cleaned

    def _check_passage(self, chapter_key: str, anchor: str) -> None:
        chapter = find_chapter(chapter_key)
        if chapter is None:
            self.add_error("chapter_key", _("There is no chapter with this key."))
            return
        self.instance.module_key = chapter.get_parent().specific.key
        if anchor and anchor not in sections_of(chapter):
            self.add_error("anchor", _("This chapter has no such section."))

    def _check_options(self, kind: Kind) -> None:
        for key, code in faults(kind, self.instance.option_values):
            said = {"key": key, "fewest": FEWEST_OPTIONS, "most": MOST_OPTIONS}
            self.add_error("options", FAULTS[code] % said)

    def _check_against_source(self, cleaned: dict) -> None:
        question: Question = self.instance
        source = Question.objects.filter(
            translation_key=question.translation_key, locale__language_code=settings.LANGUAGE_CODE
        ).first()
        if source is None or source.pk == question.pk:
            return
        if _decisive(source) != _decisive(question) or (source.kind, source.use) != (cleaned["kind"], cleaned["use"]):
            message = _(
                "The kind, the use, the keys of the options and what is right are those of the English question."
            )
            self.add_error("options", message)


def _decisive(question: Question) -> dict[str, bool]:
    return {option.key: option.right for option in question.option_values}
