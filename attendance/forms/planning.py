"""What coordinators plan in the admin."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms import WagtailAdminModelForm

from attendance.services import AttendanceError, SessionPlan, instants_of

FOLDS = {
    "": _("The clocks do not change that night"),
    "0": _("The first time, in summer time"),
    "1": _("The second time, in winter time"),
}
FIELD_OF = {"unknown_time_zone": "time_zone", "missing_time": "begins", "ambiguous_time": "fold"}


class StudyVisitForm(WagtailAdminModelForm):
    """A study visit; a reason withdraws it."""

    withdraw_because = forms.CharField(
        label=_("Withdraw the visit because"),
        max_length=300,
        required=False,
        help_text=_("Its half-days are then cancelled and trainees no longer see it. Records stay."),
    )


class SessionForm(WagtailAdminModelForm):
    """A half-day in wall times of its place; a reason cancels it, without one it takes place."""

    fold = forms.ChoiceField(
        label=_("If the clocks show the time twice"),
        choices=FOLDS,
        required=False,
        help_text=_("Only on the night the clocks go back."),
    )
    cancel_because = forms.CharField(
        label=_("Cancelled because"),
        max_length=300,
        required=False,
        help_text=_("It then counts for nobody; what was noted stays readable. Empty this to let it take place."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].required = False
        self.fields["time_zone"].initial = ""
        self.fields["time_zone"].help_text = _("Empty: the zone of the visit or of the cohort.")
        self.fields["cohorts"].required = False
        self.fields["cohorts"].help_text = _("For whom it counts. Empty: for all cohorts of the visit.")
        if self.instance.pk:
            self.initial["cancel_because"] = self.instance.cancelled_reason

    def clean(self):
        cleaned = super().clean()
        visit = cleaned.get("visit")
        if not cleaned.get("cohorts"):
            if not visit:
                self.add_error("cohorts", _("Say for which cohorts the session counts."))
                return cleaned
            cleaned["cohorts"] = visit.cohorts.all()
        if not self.errors:
            try:
                instants_of(self.plan)
            except AttendanceError as refusal:
                self.add_error(FIELD_OF[refusal.code], refusal.message)
        return cleaned

    @property
    def plan(self) -> SessionPlan:
        cleaned = self.cleaned_data
        fold = int(cleaned["fold"]) if cleaned.get("fold") else None
        names = ("title", "half", "day", "begins", "finishes", "minutes", "visit", "time_zone", "place")
        return SessionPlan(
            **{name: cleaned[name] for name in names},
            cohorts=list(cleaned["cohorts"]),
            place_restricted=cleaned["place_restricted"],
            meeting_point=cleaned["meeting_point"],
            folds=(fold, fold),
        )
