"""Who may use which address. A route that is not in this table fails the build, and so does a line without a route.

The table says who is let in; what they see there is decided by each app's `access`. Below /cms/ it is enforced before
Wagtail asks its own questions (`lms.middleware.CmsPolicyMiddleware`). `tests/trust/test_matrix.py` knocks at every door
as everybody, with their own things, with other people's, and with things that do not exist.
"""

from collections.abc import Iterator
from enum import StrEnum
from fnmatch import fnmatchcase

from django.urls import URLPattern, URLResolver, get_resolver

from accounts.access import Visitor, is_administrator, is_coordinator, is_editor


class Who(StrEnum):
    """To whom a door opens; administrators pass every door but NOBODY's and those that are the OWNER's alone."""

    EVERYONE = "everyone, signed in or not"
    SIGNED_IN = "everyone who is signed in"
    OWNER = "the trainee whose record it is"
    TRAINER = "whoever trains the cohort it belongs to, today"
    COORDINATOR = "coordinators"
    EDITOR = "editors"
    ADMINISTRATOR = "administrators"
    NOBODY = "nobody: the door is walled up, or leads on to our own"


RUNS_COHORT = frozenset({Who.TRAINER, Who.COORDINATOR})
RECORD = frozenset({Who.OWNER, Who.TRAINER, Who.COORDINATOR})
CMS = frozenset({Who.EDITOR, Who.COORDINATOR})

# --- Our own addresses ------------------------------------------------------------------------------------------------

SITE: dict[str, Who | frozenset[Who]] = {
    "healthz": Who.EVERYONE,
    "media": Who.EVERYONE,  # Images of closed collections are not there for others.
    "set_language": Who.EVERYONE,
    # accounts
    "accounts:profile": Who.SIGNED_IN,
    "invitation": Who.EVERYONE,  # Whoever holds the link; it works once.
    # pages
    "pages:style": Who.EVERYONE,
    # manual
    "manual:manual": Who.EVERYONE,
    "manual:step": Who.EVERYONE,  # As far as the scenario is open to them.
    "manual:read": Who.EVERYONE,  # As far as the page is open.
    "manual:search": Who.EVERYONE,
    "manual:glossary": Who.EVERYONE,
    "manual:to_page": Who.EVERYONE,
    "manual:tag": Who.EVERYONE,
    "manual:page_pdf": Who.EVERYONE,  # As far as the page itself is open to them.
    # courses
    "courses:my_learning": Who.SIGNED_IN,
    "courses:mark_read": Who.SIGNED_IN,  # Records only for the reader's own enrolments.
    "courses:enrolment": RECORD,
    "courses:cohorts": Who.SIGNED_IN,  # Lists what the visitor runs, which may be nothing.
    "courses:cohort": RUNS_COHORT,
    "courses:cohort_people": Who.COORDINATOR,
    "courses:cohort_rule": Who.COORDINATOR,
    # quizzes
    "quizzes:start": Who.OWNER,
    "quizzes:attempt": Who.OWNER,
    "quizzes:question": Who.OWNER,
    "quizzes:answer": Who.OWNER,
    "quizzes:passage": Who.OWNER,
    "quizzes:sheet": Who.OWNER,
    "quizzes:state": Who.EVERYONE,  # Tells a visitor only whether they are still the same person.
    "quizzes:review": Who.OWNER,
    "quizzes:submit": Who.OWNER,
    "quizzes:result": RECORD,
    "quizzes:results": RUNS_COHORT,
    # attendance
    "attendance:visits": Who.SIGNED_IN,  # Lists the visitor's own visits and classes, which may be none.
    "attendance:visit": RECORD,
    "attendance:agenda_calendar": RECORD,
    "attendance:register": RUNS_COHORT,
    "attendance:people": RUNS_COHORT,
    "attendance:correction": RUNS_COHORT,
    "attendance:reopen": RUNS_COHORT,
    "attendance:sign_in_sheet": RUNS_COHORT,
    # certificates
    "certificates:mine": Who.SIGNED_IN,
    "certificates:download": frozenset({Who.OWNER, Who.COORDINATOR}),
    "certificates:revoke": Who.COORDINATOR,
    "certificates:replace": Who.COORDINATOR,
    "certificates:cohort": Who.COORDINATOR,
    "verify:form": Who.EVERYONE,
    "verify:file": Who.EVERYONE,
    "verify:certificate": Who.EVERYONE,  # Says whether it is valid and whether a name matches; never the name.
}

# --- django-allauth, Wagtail's site and documents ---------------------------------------------------------------------

LIBRARIES: dict[str, Who | frozenset[Who]] = {
    "account_login": Who.EVERYONE,
    "account_signup": Who.EVERYONE,  # Says that it is closed.
    "account_inactive": Who.EVERYONE,
    "account_logout": Who.EVERYONE,
    "account_reset_password*": Who.EVERYONE,
    "account_confirm_email": Who.EVERYONE,
    "account_email_verification_sent": Who.EVERYONE,
    "account_confirm_login_code": Who.NOBODY,  # Sign-in by code is off.
    "account_reauthenticate": Who.SIGNED_IN,
    "account_email": Who.SIGNED_IN,
    "account_change_password": Who.SIGNED_IN,
    "account_set_password": Who.SIGNED_IN,
    "mfa_authenticate": Who.EVERYONE,  # The second step of signing in; without the first it leads back.
    "mfa_login_webauthn": Who.EVERYONE,
    "mfa_*": Who.SIGNED_IN,
    "wagtail_serve": Who.EVERYONE,  # Pages, as far as they are open.
    "wagtaildocs_serve": Who.EVERYONE,  # Documents, as far as their collection is open.
    "site_login": Who.NOBODY,
    "wagtailcore_login": Who.NOBODY,
    "wagtailcore_authenticate_with_password": Who.EVERYONE,  # Shared passwords cannot be set (settings).
    "wagtaildocs_authenticate_with_password": Who.EVERYONE,
}

# --- The CMS: everything below /cms/ ----------------------------------------------------------------------------------

CMS_ROUTES: dict[str, Who | frozenset[Who]] = {
    "cms_login": Who.NOBODY,
    "cms_password_reset": Who.NOBODY,
    "cms_failwhale": Who.NOBODY,
    "cms_account": CMS,
    "cms/test404/": Who.NOBODY,
    "cms/^.*/$": Who.NOBODY,  # Whatever else is asked for below /cms/.
    "wagtailadmin_login": Who.NOBODY,
    "wagtailadmin_error_test": Who.NOBODY,
    "wagtailadmin_password_reset*": Who.NOBODY,
    "wagtailadmin_home": CMS,
    "wagtailadmin_account": CMS,
    "wagtailadmin_logout": CMS,
    "wagtailadmin_dismissibles": CMS,
    "wagtailadmin_sprite": Who.EVERYONE,  # Icons; nothing of ours.
    "wagtailadmin_javascript_catalog": Who.EVERYONE,  # Wagtail's own words.
    "wagtailadmin_tag_*": CMS,
    "wagtailadmin_editing_sessions:*": CMS,
    "wagtailadmin_block_preview": CMS,
    "manual_translation*": Who.EDITOR,
    "wagtailadmin_api:*": CMS,
    "wagtailadmin_choose_page*": CMS,
    "wagtailadmin_explore*": CMS,
    "wagtailadmin_reports:*": CMS,
    "wagtailembeds:*": CMS,
    "wagtail_bulk_action": CMS,
    "wagtailsnippets:index": CMS,
    "wagtailadmin_pages:*": Who.EDITOR,
    "simple_translation:*": Who.EDITOR,
    "wagtailimages*": Who.EDITOR,
    "wagtaildocs*": Who.EDITOR,
    "wagtailsnippets_pages_*": Who.EDITOR,
    "wagtailsnippetchoosers_pages_*": CMS,
    "wagtailsnippets_manual_*": Who.EDITOR,
    "wagtailsnippetchoosers_manual_*": Who.EDITOR,
    "wagtailsnippets_quizzes_*": Who.EDITOR,
    "wagtailsnippetchoosers_quizzes_*": Who.EDITOR,
    "wagtailadmin_collections:*": Who.ADMINISTRATOR,
    "wagtailadmin_workflows:*": Who.ADMINISTRATOR,
    "wagtailredirects:*": Who.ADMINISTRATOR,
    "wagtailsettings:*": Who.ADMINISTRATOR,
    "wagtailsites:*": Who.ADMINISTRATOR,
    "wagtailusers_groups:*": Who.ADMINISTRATOR,
    "wagtailusers_users:*": Who.COORDINATOR,
    "invitation:*": Who.COORDINATOR,
    "organisation:*": Who.COORDINATOR,
    "course-list:*": Who.COORDINATOR,
    "cohort-list:*": Who.COORDINATOR,
    "project-list:*": Who.COORDINATOR,
    "study-visit-list:*": Who.COORDINATOR,
    "session-list:*": Who.COORDINATOR,
    "certificate-list:*": Who.COORDINATOR,
}

POLICY = SITE | LIBRARIES | CMS_ROUTES


def routes() -> dict[str, str]:
    """Name every route the site answers to, however deep it is included, with its pattern."""
    return dict(walk(get_resolver(), (), ""))


def walk(resolver: URLResolver, namespaces: tuple[str, ...], prefix: str) -> Iterator[tuple[str, str]]:
    """Follow the includes of a resolver; a route without a name is called by its pattern."""
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield ":".join((*namespaces, pattern.name)) if pattern.name else path, path
        else:
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from walk(pattern, inner, path)


def line_for(name: str) -> str | None:
    """Find the line of the table that declares a route: its own, else the longest family it belongs to."""
    if name in POLICY:
        return name
    families = [line for line in POLICY if line.endswith("*") and fnmatchcase(name, line)]
    return max(families, key=len, default=None)


def audience_of(name: str) -> frozenset[Who]:
    """Say to whom a route opens."""
    line = line_for(name)
    if line is None:
        raise LookupError(f"The route “{name}” is not declared in lms/policy.py.")
    audience = POLICY[line]
    return audience if isinstance(audience, frozenset) else frozenset({audience})


def may_enter(user: Visitor, name: str) -> bool:
    """Whether a role opens a door of the CMS; a door that nobody declared stays shut."""
    audience = audience_of(name) if line_for(name) else frozenset({Who.ADMINISTRATOR})
    return (
        is_administrator(user)
        or not audience.isdisjoint({Who.EVERYONE, Who.NOBODY})  # NOBODY's doors refuse or lead on by themselves.
        or (Who.EDITOR in audience and is_editor(user))
        or (Who.COORDINATOR in audience and is_coordinator(user))
    )
