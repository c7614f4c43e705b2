"""The addresses of attendance: visits, registers, papers."""

from django.urls import path

from attendance import views

app_name = "attendance"

urlpatterns = [
    path("", views.visits, name="visits"),
    path("visits/<slug:key>/", views.visit, name="visit"),
    path("visits/<slug:key>/agenda.ics", views.agenda_calendar, name="agenda_calendar"),
    path("sessions/<uuid:key>/register/", views.register, name="register"),
    path("sessions/<uuid:key>/people/", views.people, name="people"),
    path("sessions/<uuid:key>/people/<uuid:person>/correct/", views.correction, name="correction"),
    path("sessions/<uuid:key>/reopen/", views.reopen, name="reopen"),
    path("sessions/<uuid:key>/sign-in-sheet.pdf", views.sign_in_sheet, name="sign_in_sheet"),
]
