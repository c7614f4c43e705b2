"""Pages of certificates: the public check, the holder's list, the coordinator's deeds."""

from certificates.views.checking import certificate, check_file, form
from certificates.views.records import cohort, download, mine, replace, revoke

__all__ = ["certificate", "check_file", "cohort", "download", "form", "mine", "replace", "revoke"]
