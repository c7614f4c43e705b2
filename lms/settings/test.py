"""The test run: fast hashing, mail in memory, tasks at once, files in a temporary folder."""

from lms.settings.base import *  # noqa: F403

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEMO = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default"]}}
WAGTAIL_AUTOSAVE_INTERVAL = 0
WHITENOISE_AUTOREFRESH = True  # No collected files, no warning that there are none.
