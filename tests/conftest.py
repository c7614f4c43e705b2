"""The cast and the smallest world; every test gets its own files, language and caches."""

from django.core.cache import caches
from django.test import Client
from django.utils import timezone, translation

import pytest

from pages.routing import memory
from tests import cast
from tests.factories.accounts import user_of
from tests.factories.courses import (
    CohortFactory,
    CohortTrainerFactory,
    CourseFactory,
    RequirementFactory,
    enrolment_of,
)
from tests.factories.manual import ChapterPageFactory, ManualPageFactory, ModulePageFactory
from tests.factories.pages import lay_out_site

pytest_plugins = ["tests.database"]


@pytest.fixture(autouse=True)
def _clean_slate(settings, tmp_path_factory):
    """Undo what outlives a rolled-back transaction: files, caches keyed by row ids, the thread's language and zone."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    settings.SEAL_KEY_FILE = settings.MEDIA_ROOT.parent / "seal.key"
    caches["memory"].clear()
    memory.forget()
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


@pytest.fixture
def module(homes):
    """The first module of a tiny English manual."""
    return ModulePageFactory(parent=ManualPageFactory(parent=homes["en"]))


@pytest.fixture
def chapters(module):
    """Its two chapters."""
    return [
        ChapterPageFactory(parent=module, key=f"m01-{n}", number=f"1.{n}", title=f"Chapter {n}", slug=f"chapter-{n}")
        for n in (1, 2)
    ]


@pytest.fixture
def course(chapters):
    """A course that asks for the module read, its quiz passed and most of the hours attended."""
    course = CourseFactory(key="core")
    RequirementFactory(course=course, kind="reading", about="m01", threshold=100)
    RequirementFactory(course=course, kind="quiz", about="m01-quiz", threshold=70)
    RequirementFactory(course=course, kind="attendance", about="", threshold=80)
    return course


@pytest.fixture
def iasi(course, ingrid):
    """The cohort that Ingrid runs."""
    cohort = CohortFactory(course=course, key="iasi-2026", title="Iași, autumn 2026")
    CohortTrainerFactory(cohort=cohort, user=ingrid)
    return cohort


@pytest.fixture
def bacau(course):
    """The other cohort, which Ingrid does not run."""
    return CohortFactory(course=course, key="bacau-2026", title="Bacău, autumn 2026")


@pytest.fixture
def anas_place(iasi, ana, stefan):
    return enrolment_of(ana, iasi, by=stefan)


@pytest.fixture
def mihais_place(bacau, mihai, stefan):
    return enrolment_of(mihai, bacau, by=stefan)
