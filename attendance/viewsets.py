"""Study visits and training sessions in the admin, for coordinators and administrators."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.log_actions import log

from attendance.forms import SessionForm, StudyVisitForm
from attendance.models import StudyVisit, TrainingSession
from attendance.services import AttendanceError, add_participants, cancel_session, plan_session, withdraw_visit

WHERE = [FieldPanel("place"), FieldPanel("place_restricted"), FieldPanel("meeting_point")]


class RefusalMixin:
    """Shows beside the form why a service refused."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except AttendanceError as error:
            form.add_error(None, error.message)
            self.produced_error_message = error.message
            return self.form_invalid(form)


# --- Study visits -----------------------------------------------------------------------------------------------------


class SaveVisitMixin(RefusalMixin):
    def save_instance(self):
        visit = super().save_instance()
        add_participants(visit=visit, by=self.request.user)
        if reason := self.form.cleaned_data.get("withdraw_because"):
            withdraw_visit(visit=visit, by=self.request.user, reason=reason)
        return visit


class VisitAddView(SaveVisitMixin, generic.CreateView):
    pass


class VisitEditView(SaveVisitMixin, generic.EditView):
    pass


class StudyVisitViewSet(ModelViewSet):
    """Visits with their agenda."""

    model = StudyVisit
    icon = "site"
    menu_label = _("Study visits")
    list_display = ["title", "starts", "ends", BooleanColumn("withdrawn", label=_("Withdrawn"))]
    copy_view_enabled = False
    add_view_class = VisitAddView
    edit_view_class = VisitEditView
    edit_handler = ObjectList(
        [
            FieldPanel("key"),
            FieldPanel("title"),
            FieldPanel("lead"),
            FieldPanel("language"),
            FieldPanel("spoken"),
            FieldPanel("host"),
            MultiFieldPanel([*WHERE, FieldPanel("country"), FieldPanel("time_zone")], heading=_("Where")),
            FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")], heading=_("When")),
            FieldPanel("cohorts"),
            InlinePanel("agenda", heading=_("Agenda"), label=_("Line")),
            FieldPanel("withdraw_because"),
        ],
        base_form_class=StudyVisitForm,
    )


# --- Training sessions ------------------------------------------------------------------------------------------------


class SaveSessionMixin(RefusalMixin):
    """Plans through the door, so that courses hears what the half-day counts for."""

    log_action = "wagtail.edit"

    def save_instance(self):
        planned = self.form.instance if self.form.instance.pk else None
        session = plan_session(plan=self.form.plan, by=self.request.user, session=planned)
        if reason := self.form.cleaned_data.get("cancel_because"):
            session = cancel_session(session=session, by=self.request.user, reason=reason)
        log(session, self.log_action, user=self.request.user)
        return session


class SessionAddView(SaveSessionMixin, generic.CreateView):
    log_action = "wagtail.create"


class SessionEditView(SaveSessionMixin, generic.EditView):
    pass


class TrainingSessionViewSet(ModelViewSet):
    """Half-days of visits and classes."""

    model = TrainingSession
    icon = "time"
    menu_label = _("Training sessions")
    list_display = [
        "title",
        "visit",
        "day",
        "begins",
        "minutes",
        BooleanColumn("signed_off", label=_("Signed off")),
        BooleanColumn("cancelled", label=_("Cancelled")),
    ]
    list_filter = ["visit", "cohorts"]
    copy_view_enabled = False
    add_view_class = SessionAddView
    edit_view_class = SessionEditView
    edit_handler = ObjectList(
        [
            FieldPanel("visit"),
            FieldPanel("cohorts"),
            FieldPanel("title"),
            MultiFieldPanel(
                [
                    FieldPanel("half"),
                    FieldPanel("day"),
                    FieldRowPanel([FieldPanel("begins"), FieldPanel("finishes")]),
                    FieldPanel("time_zone"),
                    FieldPanel("fold"),
                    FieldPanel("minutes"),
                ],
                heading=_("When"),
            ),
            MultiFieldPanel(WHERE, heading=_("Where")),
            FieldPanel("cancel_because"),
        ],
        base_form_class=SessionForm,
    )


class AttendanceGroup(ModelViewSetGroup):
    """The menu of attendance."""

    menu_label = _("Attendance")
    menu_icon = "group"
    menu_order = 310
    items = (StudyVisitViewSet("study-visit-list"), TrainingSessionViewSet("session-list"))
