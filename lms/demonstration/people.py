"""The invented people of the demonstration, one for each role and a group of trainees."""

from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from allauth.account.models import EmailAddress

from accounts import roles
from accounts.models import Organisation, User

STAFF = (
    ("ingrid@example.org", "Ingrid Bråten", "nb", "sosionom, veileder", "Eksempelsenteret, Oslo", roles.TRAINER),
    ("elena@example.org", "Elena Vasile", "ro", "psiholog, redactor", "Asociația Exemplu", roles.EDITOR),
    ("stefan@example.org", "Ștefan Dobre", "ro", "coordonator de proiect", "Asociația Exemplu", roles.COORDINATOR),
    ("astrid@example.org", "Astrid Haugen", "nb", "administrator", "Eksempelsenteret, Oslo", roles.ADMINISTRATOR),
)
# Ana comes first: she is the trainee whose login is printed at the start.
TRAINEES = (
    ("ana@example.org", "Ana Munteanu", "ro", "asistent social", "Serviciul social Lunca"),
    ("andrei@example.org", "Andrei Baciu", "ro", "psiholog", "Centrul comunitar Lunca"),
    ("ioana@example.org", "Ioana Ciobanu", "ro", "asistent social", "Serviciul social Valea"),
    ("magdalena@example.org", "Magdalena Crețu", "ro", "manager de caz", "Centrul comunitar Valea"),
    ("serban@example.org", "Șerban Dumitrașcu", "ro", "psiholog", "Cabinet individual"),
    ("tudor@example.org", "Tudor Ghinea", "ro", "asistent social", "Centrul de zi Lunca"),
    ("bjorn@example.org", "Bjørn Håkonsen", "nb", "sosionom", "Eksempel kommune"),
    ("ase@example.org", "Åse Nordbø", "nb", "psykolog", "Eksempel kommune"),
    ("doina@example.org", "Doina Pârvu", "ro", "mediator școlar", "Școala Lunca"),
    ("ionut@example.org", "Ionuț Rusu", "ro", "asistent social", "Serviciul social Deal"),
    ("stefania@example.org", "Ștefania Vlad", "ro", "psiholog", "Centrul comunitar Deal"),
)
MIHAI = ("mihai@example.org", "Mihai Țurcanu", "ro", "psiholog", "Centrul comunitar Deal")


@transaction.atomic
def invite_cast() -> dict[str, User]:
    """Make the accounts that are missing; give everybody by the part of the address before the @."""
    Organisation.objects.get_or_create(
        name="Asociația Exemplu", defaults={"kind": Organisation.Kind.NGO, "country": "RO"}
    )
    people = {}
    for email, name, language, profession, institution in (*TRAINEES, MIHAI):
        people[email.split("@")[0]] = _person(email, name, language, profession, institution)
    for email, name, language, profession, institution, role in STAFF:
        person = _person(email, name, language, profession, institution)
        person.groups.add(Group.objects.get(name=role))
        if role == roles.ADMINISTRATOR and not person.is_superuser:
            person.is_superuser = True
            person.save(update_fields=["is_superuser"])
        people[email.split("@")[0]] = person
    return people


@cache
def _hashed_password() -> str:
    """Hash the one password everybody has here once: hashing is slow on purpose."""
    return make_password(settings.DEMO_PASSWORD)


def _person(email: str, name: str, language: str, profession: str, institution: str) -> User:
    person = User.objects.filter(email=email).first()
    if person is None:
        person = User.objects.create(
            email=email,
            password=_hashed_password(),
            name=name,
            language=language,
            profession=profession,
            institution=institution,
            is_demo=True,
        )
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person
