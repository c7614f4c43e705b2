"""What can be read about people and invitations."""

import hashlib
from functools import cache
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Func, OuterRef, QuerySet, Subquery, TextField, Value

from accounts import roles
from accounts.models import Invitation, User

SEPARATOR = "\n"  # stands in no name


class Joined(Func):
    """The texts of many rows as one, so that a few short ones need no query of their own; in no order."""

    arity = 2
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple:
        return self.as_sql(compiler, connection, function="STRING_AGG", **context)


def spaced(*columns: str) -> Func:
    """Put columns into one text, with a space between them; only the last of them may hold one."""
    return Func(*columns, template="%(expressions)s", arg_joiner=" || ' ' || ", output_field=TextField())


def joined(rows: QuerySet, text: Any) -> Subquery:
    """Ask for a text of some rows within another query; `parted` takes them apart."""
    return Subquery(rows.order_by().annotate(joined=Joined(text, Value(SEPARATOR))).values("joined"))


def parted(text: str | None) -> list[str]:
    """Take texts apart that were joined."""
    return text.split(SEPARATOR) if text else []


def with_roles(people: QuerySet[User]) -> QuerySet[User]:
    """Read people together with the names of their groups."""
    return people.annotate(groups_held=joined(Group.objects.filter(user=OuterRef("pk")), "name"))


def person_with_roles(pk: int | str) -> User | None:
    """Find a person with the names of their groups: asked with every request, so the query is written once."""
    sql, parameters = _one_with_roles()
    return next(iter(User.objects.raw(sql, [*parameters, pk])), None)


@cache
def _one_with_roles() -> tuple[str, tuple]:
    sql, parameters = with_roles(User.objects.filter(pk=0)).order_by().query.sql_with_params()
    return sql, parameters[:-1]  # the id comes last


def digest_of(token: str) -> str:
    """Name a token without being able to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_of(token: str) -> Invitation | None:
    """Find the invitation a link belongs to, open or not."""
    return Invitation.objects.select_related("invited_by").filter(digest=digest_of(token)).first()


def person_at(email: str) -> User | None:
    """Find who has an account under an e-mail address."""
    return User.objects.filter(email__iexact=email).first()


def roles_of(person: User) -> list[str]:
    """Name a person's roles in the order of the house."""
    held = set(person.groups.values_list("name", flat=True))
    if person.is_superuser:
        held.add(roles.ADMINISTRATOR)
    return [role for role in roles.ALL if role in held]
