"""What certificates add to the admin: a list to look through."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from certificates.models import Certificate
from certificates.viewsets import CertificateViewSet, ReadPolicy

register_permission_policy(Certificate, ReadPolicy(Certificate))


@hooks.register("register_admin_viewset")
def register_certificates() -> CertificateViewSet:
    return CertificateViewSet("certificate-list")
