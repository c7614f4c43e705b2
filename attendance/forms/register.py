"""What people send: a register of many lines, a correction, a reason, a person for the list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4, uuid5

from django import forms
from django.core.exceptions import BadRequest
from django.utils.translation import gettext_lazy as _

from attendance.models import STATES, Participation
from attendance.models.visits import LONGEST_SESSION
from attendance.register import PARTIAL, Mark, State
from attendance.services import Entry

MARKS = {value: label for value, label in STATES.items() if value != State.UNMARKED}


@dataclass(slots=True)
class TypedLine:
    """One line as it was sent, to be shown again if something is missing."""

    state: State
    minutes: str
    based_on: int
    error: str = ""


@dataclass(slots=True)
class RegisterForm:
    """The lines of a register page: `state-…`, `late-…`, `left_early-…` and `based-…` for each participation.

    `form` names this sending: sent twice, its entries are the same events and are noted once.
    """

    data: Mapping[str, str]
    entries: list[Entry] = field(default_factory=list)
    typed: dict[UUID, TypedLine] = field(default_factory=dict)
    errors: dict[UUID, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in self.data:
            if name.startswith("state-"):
                self._read(name.removeprefix("state-"))

    @property
    def event(self) -> UUID:
        return _uuid(self.data["form"]) if self.data.get("form") else uuid4()

    @property
    def rest(self) -> UUID | None:
        # Somebody is late and the minutes are missing: they are not “the rest”.
        return self.event if "rest" in self.data and not self.errors else None

    @property
    def undo(self) -> tuple[int, int] | None:
        if "undo" not in self.data:
            return None
        first, _dash, last = self.data["undo"].partition("-")
        return _number(first), _number(last)

    @property
    def decision(self) -> tuple[UUID, int, int] | None:
        """The person, the record that was chosen, and the last record that was on the page."""
        if "decide" not in self.data:
            return None
        person, chosen, based_on = (*self.data["decide"].split(":"), "", "")[:3]
        return _uuid(person), _number(chosen), _number(based_on)

    def _read(self, key: str) -> None:
        person = _uuid(key)
        state = self.data[f"state-{key}"]
        if state not in MARKS:
            raise BadRequest
        based_on = _number(self.data.get(f"based-{key}", ""))
        minutes = self.data.get(f"{state}-{key}", "").strip()
        self.typed[person] = typed = TypedLine(State(state), minutes, based_on)
        missed = 0
        if typed.state in PARTIAL:
            missed = int(minutes) if minutes.isascii() and minutes.isdigit() and len(minutes) < 4 else 0
            if not 1 <= missed <= LONGEST_SESSION:
                typed.error = self.errors[person] = str(_("Write how many minutes were missed, as a number."))
                return
        event_id = uuid5(self.event, f"{person} {state} {missed} {based_on}")
        self.entries.append(Entry(person, typed.state, missed, based_on, event_id))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise BadRequest from None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadRequest
    return int(text)


class ReasonForm(forms.Form):
    """Why something that was closed is touched again."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"class": "input", "rows": 3}),
        help_text=_("It stays in the history. Name no client and no illness."),
    )


class CorrectionForm(ReasonForm):
    """A line of a closed register, corrected."""

    state = forms.ChoiceField(choices=MARKS, error_messages={"required": _("Choose a state.")})
    late = forms.IntegerField(min_value=1, max_value=LONGEST_SESSION, required=False)
    left_early = forms.IntegerField(min_value=1, max_value=LONGEST_SESSION, required=False)
    based_on = forms.IntegerField(min_value=0)

    def clean(self):
        cleaned = super().clean()
        state = cleaned.get("state")
        if state in PARTIAL and not self.errors.get(state):
            if not cleaned.get(state):
                self.add_error(state, _("Write how many minutes were missed, as a number."))
            else:
                cleaned["missed"] = cleaned[state]
        return cleaned

    @property
    def mark(self) -> Mark:
        return Mark(State(self.cleaned_data["state"]), self.cleaned_data.get("missed", 0))


class PersonForm(forms.ModelForm):
    """Somebody without an enrolment: a guest, an interpreter, a host, a trainer."""

    class Meta:
        model = Participation
        fields = ["name", "role", "organisation"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [pair for pair in Participation.Role.choices if pair[0] != "trainee"]
        self.fields["role"].initial = Participation.Role.GUEST
        for bound in self.fields.values():
            bound.widget.attrs["class"] = "input"
