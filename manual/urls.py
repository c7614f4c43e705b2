"""The addresses of the manual that are not pages."""

from django.urls import path

from manual import views

app_name = "manual"

urlpatterns = [
    path("", views.manual, name="manual"),
    path("search/", views.search, name="search"),
    path("to/<slug:key>/", views.to_page, name="to_page"),
    path("tags/<slug:slug>/", views.tag, name="tag"),
    path("print/<int:page_id>.pdf", views.page_pdf, name="page_pdf"),
]
