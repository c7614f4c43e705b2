"""Addresses of certificates: `verification` has no language and stands for ever, because it is printed."""

from django.urls import path

from certificates import views

app_name = "certificates"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<uuid:uuid>/pdf/", views.download, name="download"),
    path("<uuid:uuid>/revoke/", views.revoke, name="revoke"),
    path("<uuid:uuid>/replace/", views.replace, name="replace"),
    path("cohorts/<slug:key>/", views.cohort, name="cohort"),
]

verification = (
    [
        path("", views.form, name="form"),
        path("file/", views.check_file, name="file"),
        path("<str:token>/", views.certificate, name="certificate"),
    ],
    "verify",
)
