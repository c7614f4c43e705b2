"""The people in our tests: everybody knows them, and a permission test names them."""

from dataclasses import dataclass

from accounts import roles

PASSWORD = "a-long-enough-password"


@dataclass(frozen=True)
class Person:
    """Who somebody is, before there is a row for them."""

    email: str
    name: str
    profession: str = ""
    language: str = "en"
    role: str = ""


ANA = Person("ana@example.org", "Ana Munteanu", "social worker", "ro")  # trainee in Iași, enrolled
MIHAI = Person("mihai@example.org", "Mihai Țurcanu", "psychologist", "ro")  # trainee in the other cohort
INGRID = Person("ingrid@example.org", "Ingrid Bråten", "social educator", "nb", roles.TRAINER)  # runs Ana's cohort
ELENA = Person("elena@example.org", "Elena Vasile", "editor", "ro", roles.EDITOR)  # keeps the manual
STEFAN = Person("stefan@example.org", "Ștefan Dobre", "coordinator", "ro", roles.COORDINATOR)  # answers for all cohorts
ADMIN = Person("admin@example.org", "Astrid Haugen", "administrator", "nb", roles.ADMINISTRATOR)
CAROL = Person("carol@example.org", "Carol Smith", "volunteer")  # signed in, enrolled nowhere, must see nothing
