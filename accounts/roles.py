"""The names of the roles, and how a migration gives a role what it may do; everyone who is enrolled is a trainee."""

from collections.abc import Iterable
from typing import Any

EDITOR = "Editors"
TRAINER = "Trainers"
COORDINATOR = "Coordinators"
ADMINISTRATOR = "Administrators"

ALL = (EDITOR, TRAINER, COORDINATOR, ADMINISTRATOR)
CMS = (EDITOR, COORDINATOR, ADMINISTRATOR)


def grant(apps: Any, role: str, model: str, actions: Iterable[str]) -> None:
    """Let a role do something with a model; for data migrations, which know the tables but not Django's permissions.

    Django makes the permissions of a model only after all migrations have run, so the missing ones are made here:

        def give(apps, schema_editor):
            grant(apps, COORDINATOR, "courses.cohort", ["add", "change", "view"])
    """
    app_label, model_name = model.lower().split(".")
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label=app_label, model=model_name
    )
    group, _ = apps.get_model("auth.Group").objects.get_or_create(name=role)
    for action in actions:
        permission, _ = apps.get_model("auth.Permission").objects.get_or_create(
            content_type=content_type,
            codename=f"{action}_{model_name}",
            defaults={"name": f"Can {action} {model_name}"},
        )
        group.permissions.add(permission)
