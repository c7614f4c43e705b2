"""The one plain view of this app; its pages are found by Wagtail."""

from django.urls import path

from pages import views

app_name = "pages"

urlpatterns = [path("style/", views.style, name="style")]
