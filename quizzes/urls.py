"""The addresses of quizzes: begin, answer, look over, hand in, result."""

from django.urls import path

from quizzes import views

app_name = "quizzes"

urlpatterns = [
    path("<slug:key>/start/", views.start, name="start"),
    path("cohorts/<slug:key>/", views.results, name="results"),
    path("<uuid:uuid>/", views.attempt, name="attempt"),
    path("<uuid:uuid>/<int:number>/", views.question, name="question"),
    path("<uuid:uuid>/<int:number>/answer/", views.answer, name="answer"),
    path("<uuid:uuid>/<int:number>/read/", views.passage, name="passage"),
    path("<uuid:uuid>/sheet/", views.sheet, name="sheet"),
    path("<uuid:uuid>/state/", views.state, name="state"),
    path("<uuid:uuid>/review/", views.review, name="review"),
    path("<uuid:uuid>/submit/", views.submit, name="submit"),
    path("<uuid:uuid>/result/", views.result, name="result"),
]
