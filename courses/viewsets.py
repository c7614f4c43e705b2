"""Courses, cohorts, places and projects in the admin, for coordinators and administrators."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from courses.models import Cohort, Course, Project
from pages.viewsets import CarefulDeleteView


class CourseViewSet(ModelViewSet):
    """Courses and what they ask."""

    model = Course
    icon = "list-ul"
    menu_label = _("Courses")
    list_display = ["title_en", "key"]
    copy_view_enabled = False
    delete_view_class = CarefulDeleteView
    panels = [
        FieldPanel("key"),
        MultiFieldPanel([FieldPanel("title_en"), FieldPanel("title_ro"), FieldPanel("title_nb")], heading=_("Title")),
        FieldPanel("form_of_training"),
        FieldPanel("academic_hour"),
        InlinePanel("requirements", heading=_("What it asks"), label=_("Requirement"), min_num=1),
    ]


class CohortViewSet(ModelViewSet):
    """Dated runs of courses with their trainers."""

    model = Cohort
    icon = "group"
    menu_label = _("Cohorts")
    list_display = ["title", "course", "starts", "ends"]
    list_filter = ["course"]
    copy_view_enabled = False
    delete_view_class = CarefulDeleteView
    panels = [
        FieldPanel("key"),
        FieldPanel("title"),
        FieldPanel("course"),
        FieldPanel("project"),
        FieldPanel("starts"),
        FieldPanel("ends"),
        FieldPanel("language"),
        FieldPanel("time_zone"),
        InlinePanel("trainers", heading=_("Trainers"), label=_("Trainer")),
    ]


class ProjectViewSet(ModelViewSet):
    """Funded projects and the line their funder asks for."""

    model = Project
    icon = "form"
    menu_label = _("Projects")
    list_display = ["name", "number", "starts", "ends"]
    copy_view_enabled = False
    delete_view_class = CarefulDeleteView
    form_fields = ["name", "number", "funder_line", "starts", "ends"]


class CoursesGroup(ModelViewSetGroup):
    """The menu of courses."""

    menu_label = _("Courses")
    menu_icon = "calendar-check"
    menu_order = 300
    items = (CourseViewSet("course-list"), CohortViewSet("cohort-list"), ProjectViewSet("project-list"))
