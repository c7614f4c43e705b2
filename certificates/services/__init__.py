"""The doors of certificates: issue, print, revoke, replace; nothing else writes these tables."""

from certificates.services.documents import ensure_document, open_document
from certificates.services.errors import CertificateError
from certificates.services.issuing import issue_certificate, replace_certificate, revoke_certificate

__all__ = [
    "CertificateError",
    "ensure_document",
    "issue_certificate",
    "open_document",
    "replace_certificate",
    "revoke_certificate",
]
