"""The person's own page; signing in is allauth's, and the door for the invited is mounted above (lms.urls)."""

from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("profile/", views.profile, name="profile"),
]
