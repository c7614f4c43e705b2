"""The cast and the smallest world; every test gets its own files, language and caches."""

from django.core.cache import caches
from django.test import Client
from django.utils import timezone, translation

import pytest

from tests import cast
from tests.factories.accounts import user_of
from tests.factories.pages import lay_out_site

pytest_plugins = ["tests.database"]


@pytest.fixture(autouse=True)
def _clean_slate(settings, tmp_path_factory):
    """Undo what outlives a rolled-back transaction: files, caches keyed by row ids, the thread's language and zone."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    settings.SEAL_KEY_FILE = settings.MEDIA_ROOT.parent / "seal.key"
    caches["memory"].clear()
    translation.activate(settings.LANGUAGE_CODE)
    timezone.deactivate()


# --- The cast (tests/cast.py says who they are) -----------------------------------------------------------------------


@pytest.fixture
def ana(db):
    return user_of(cast.ANA)


@pytest.fixture
def mihai(db):
    return user_of(cast.MIHAI)


@pytest.fixture
def ingrid(db):
    return user_of(cast.INGRID)


@pytest.fixture
def elena(db):
    return user_of(cast.ELENA)


@pytest.fixture
def stefan(db):
    return user_of(cast.STEFAN)


@pytest.fixture
def admin(db):
    return user_of(cast.ADMIN, is_staff=True, is_superuser=True)


@pytest.fixture
def carol(db):
    return user_of(cast.CAROL)


@pytest.fixture
def browser_of():
    """Give a client in which somebody has signed in: `browser_of(ana).get(…)`."""

    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in


# --- The smallest world -----------------------------------------------------------------------------------------------


@pytest.fixture
def homes(db):
    """The home pages by language: `homes["en"]`, `homes["ro"]`, `homes["nb"]`."""
    return lay_out_site("en", "ro", "nb")
