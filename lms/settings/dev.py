"""A newcomer's machine: the demonstration, on a local host only."""

from lms.settings.base import *  # noqa: F403
from lms.settings.base import SECRET_KEY, env

DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", True)
SECRET_KEY = SECRET_KEY or "only-for-the-demonstration-on-this-machine"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
DEMO_PASSWORD = "chance-and-challenge"  # noqa: S105 -- printed by ./run; opens demonstration accounts on this machine only
