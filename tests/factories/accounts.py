"""People and organisations."""

from django.contrib.auth.models import Group

import factory

from accounts.models import Organisation, User
from tests.cast import PASSWORD, Person


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")
    kind = Organisation.Kind.NGO
    country = "RO"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def role(user, create, extracted, **kwargs):
        """Put the person into the group of a role: `UserFactory(role=roles.TRAINER)`."""
        if create and extracted:
            user.groups.add(Group.objects.get(name=extracted))


def user_of(person: Person, **fields) -> User:
    """Give one of the cast an account."""
    return UserFactory(
        **{
            "email": person.email,
            "name": person.name,
            "profession": person.profession,
            "language": person.language,
            "role": person.role,
            **fields,
        }
    )
