"""The certificates in the admin: to look through, never to change."""

from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

import django_filters

from certificates.models import Certificate
from courses.models import Cohort

STATES = {"valid": _("Valid"), "replaced": _("Replaced"), "revoked": _("Revoked")}


class ReadPolicy(ModelPermissionPolicy):
    """Nobody adds, changes or deletes a certificate here, administrators neither."""

    def user_has_permission(self, user, action):
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return "view" in actions and super().user_has_permission(user, "view")


class CertificateFilterSet(WagtailFilterSet):
    """What the certificates are sifted by."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=list(STATES.items()), method="in_state")
    cohort = django_filters.ModelChoiceFilter(
        label=_("Cohort"), field_name="enrolment__cohort", queryset=Cohort.objects.order_by("-starts", "title")
    )

    class Meta:
        model = Certificate
        fields = ["state", "cohort"]

    def in_state(self, certificates: QuerySet, name: str, state: str) -> QuerySet:
        return certificates.in_state(state)


class DeedsColumn(Column):
    """Leads to what can be done with a certificate on the site."""

    cell_template_name = "certificates/admin/deeds.html"


class CertificateIndexView(generic.IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("enrolment__cohort")


class CertificateViewSet(ModelViewSet):
    """Everything that was issued; it is revoked and replaced on the site."""

    model = Certificate
    icon = "doc-full"
    menu_label = _("Certificates")
    menu_name = "certificates"
    menu_order = 320
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = CertificateIndexView
    filterset_class = CertificateFilterSet
    search_fields = ["number", "recipient"]
    list_per_page = 50
    list_display = [
        "number",
        "recipient",
        "course_title",
        Column("cohort", label=_("Cohort"), accessor="enrolment.cohort"),
        DateColumn("issued", label=_("Issued"), sort_key="issued"),
        Column("state", label=_("State"), accessor=lambda certificate: STATES[certificate.state]),
        DeedsColumn("deeds", label=_("What you can do")),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]
