"""The addresses of courses: my learning, enrolments, cohorts."""

from django.urls import path

from courses import views

app_name = "courses"

urlpatterns = [
    path("", views.my_learning, name="my_learning"),
    path("chapters/<int:page_id>/read/", views.mark_read, name="mark_read"),
    path("enrolments/<uuid:uuid>/", views.enrolment, name="enrolment"),
    path("cohorts/", views.cohorts, name="cohorts"),
    path("cohorts/<slug:key>/", views.cohort, name="cohort"),
    path("cohorts/<slug:key>/people/", views.cohort_people, name="cohort_people"),
    path("cohorts/<slug:key>/rule/", views.cohort_rule, name="cohort_rule"),
]
