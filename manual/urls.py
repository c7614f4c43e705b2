"""The addresses of the manual that are not pages."""

from django.urls import path, re_path

from manual import views

app_name = "manual"

urlpatterns = [
    path("", views.manual, name="manual"),
    path("search/", views.search, name="search"),
    path("glossary/", views.glossary, name="glossary"),
    path("to/<slug:key>/", views.to_page, name="to_page"),
    path("tags/<slug:slug>/", views.tag, name="tag"),
    path("print/<int:page_id>.pdf", views.page_pdf, name="page_pdf"),
    re_path(r"^(?P<path>(?:[\w-]+/)+)step/(?P<step>[a-z0-9-]+)/$", views.step, name="step"),
    # The addresses that Wagtail would answer, too; only it can take them when an editor moves the manual elsewhere.
    re_path(r"^(?P<path>(?:[\w-]+/)+)$", views.read, name="read"),
]
