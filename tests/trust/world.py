"""A world with two cohorts, and one thing of every kind in each: what the matrix knocks with."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile

from wagtail.models import Collection, CollectionViewRestriction, Site

from accounts import roles
from accounts.models import Organisation, User
from accounts.services import invite_person
from certificates.services import ensure_document
from courses.models import Cohort, Project
from manual.models import ChapterPage
from manual.selectors import chapters_below
from manual.services import ensure_print
from pages.models import Document, SiteSettings
from tests import cast
from tests.cast import Person
from tests.factories.accounts import user_of
from tests.factories.attendance import session_for, visit_for
from tests.factories.certificates import certificate_of
from tests.factories.courses import CohortFactory, CohortTrainerFactory, CourseFactory, RequirementFactory, enrolment_of
from tests.factories.manual import ScenarioPageFactory
from tests.factories.pages import HelplineFactory, ImageFactory, lay_out_site
from tests.factories.quizzes import attempt_of, cohort_asking, finished_attempt, lay_out_quiz

PETRA = Person("petra@example.org", "Petra Nagy", "trainer", "ro", roles.TRAINER)  # runs Mihai's cohort
NOWHERE = uuid.UUID(int=4)


@dataclass
class World:
    """The people by first name, and what belongs to Ana and her cohort."""

    people: dict[str, User] = field(default_factory=dict)
    things: dict[str, object] = field(default_factory=dict)


def build_world() -> World:
    """Lay out the site, a quiz, two cohorts with a trainer and a trainee each, and their records."""
    world = World()
    homes = lay_out_site("en", "ro", "nb")
    SiteSettings.for_site(Site.objects.get())  # Wagtail makes the row when somebody first asks.
    people = world.people
    for who in (cast.ANA, cast.MIHAI, cast.INGRID, PETRA, cast.ELENA, cast.STEFAN, cast.CAROL):
        people[who.email.split("@")[0]] = user_of(who)
    people["admin"] = user_of(cast.ADMIN, is_staff=True, is_superuser=True)

    quiz = lay_out_quiz(homes, languages=("en",))
    iasi = cohort_asking(quiz, trainer=people["ingrid"], key="iasi", ends=dt.date(2027, 12, 1))
    bacau = attending_cohort(people["petra"], key="bacau", ends=dt.date(2027, 12, 1))
    place = enrolment_of(people["ana"], iasi, by=people["stefan"])
    earlier = enrolment_of(
        people["ana"], cohort_asking(quiz, trainer=people["ingrid"], key="iasi-2025"), by=people["stefan"]
    )
    enrolment_of(people["mihai"], bacau, by=people["stefan"])
    Cohort.objects.update(project=Project.objects.create(name="Project"))

    visit = visit_for(iasi, by=people["stefan"])
    spring = attending_cohort(people["ingrid"], key="iasi-spring")
    certificate = certificate_of(enrolment_of(people["ana"], spring, by=people["stefan"]))

    chapter = ChapterPage.objects.first()

    world.things = {
        "visit": visit,
        "session": session_for(iasi, by=people["stefan"], visit=visit),
        "participation": visit.participations.get(user=people["ana"]),
        "certificate": certificate,
        "home": homes["en"],
        "quiz": quiz,
        "cohort": iasi,
        "enrolment": place,
        "attempt": attempt_of(place, quiz),
        "closed": finished_attempt(earlier, quiz, right=2),
        "chapter": chapter,
        "scenario": ScenarioPageFactory(parent=chapter.get_parent()),
        "invitation": invite_person(email="radu@example.org", by=people["stefan"])[1],
        "image": ImageFactory(),
        "document": private_document(),
        "helpline": HelplineFactory(),
        "organisation": Organisation.objects.create(name="Organisation"),
    }
    return world


def print_papers(world: World) -> None:
    """Print the certificate, the module and its chapters, so that whoever asks for them only reads."""
    world.things["certificate"] = ensure_document(certificate=world.things["certificate"])
    module = world.things["chapter"].get_parent().specific
    for page in (module, *chapters_below(module)):
        ensure_print(page=page)


def attending_cohort(trainer: User, **facts: object) -> Cohort:
    """A cohort that asks for attendance only."""
    course = CourseFactory()
    RequirementFactory(course=course, kind="attendance", about="", threshold=80)
    cohort = CohortFactory(course=course, **facts)
    CohortTrainerFactory(cohort=cohort, user=trainer)
    return cohort


def private_document() -> Document:
    """Upload a document that only editors may read."""
    collection = Collection.get_first_root_node().add_child(name="Editors only")
    restriction = CollectionViewRestriction.objects.create(collection=collection, restriction_type="groups")
    restriction.groups.set(Group.objects.filter(name=roles.EDITOR))
    return Document.objects.create(title="Guide", collection=collection, file=ContentFile(b"%PDF-1.7", "guide.pdf"))
