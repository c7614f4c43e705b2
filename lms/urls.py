"""Every address of the site on one screen: doors without a language first, then the three languages, Wagtail last."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView

from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from accounts.views import CmsAccountView
from certificates.urls import verification
from courses.views import accept_invitation
from lms import media, views

handler500 = "lms.views.server_error"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("verify/", include(verification)),  # Printed on every certificate: it stands for ever.
    # Wagtail's own sign-in knows neither second factor nor throttle: one door for everybody.
    path("cms/login/", RedirectView.as_view(pattern_name="account_login", query_string=True), name="cms_login"),
    path("cms/password_reset/", RedirectView.as_view(pattern_name="account_reset_password"), name="cms_password_reset"),
    path("cms/failwhale/", views.not_found, name="cms_failwhale"),  # Wagtail's breaks on purpose.
    path("cms/account/", require_admin_access(CmsAccountView.as_view()), name="cms_account"),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:name>", media.media, name="media"),
    path("i18n/", include("django.conf.urls.i18n")),
]

urlpatterns += i18n_patterns(
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("manual/", include("manual.urls")),
    path("learn/", include("courses.urls")),
    path("quizzes/", include("quizzes.urls")),
    path("attendance/", include("attendance.urls")),
    path("certificates/", include("certificates.urls")),
    path("invitations/<str:token>/", accept_invitation, name="invitation"),
    path("", include("pages.urls")),
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True), name="site_login"),
    path("", include(wagtail_urls)),
)
