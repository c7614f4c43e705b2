"""Coordinators and administrators keep courses, cohorts and projects."""

from django.db import migrations

from accounts.roles import ADMINISTRATOR, COORDINATOR, grant

KEPT = {
    "courses.course": ["add", "change", "view", "delete"],
    "courses.cohort": ["add", "change", "view", "delete"],
    "courses.project": ["add", "change", "view", "delete"],
}


def give(apps, schema_editor):
    for role in (COORDINATOR, ADMINISTRATOR):
        for model, actions in KEPT.items():
            grant(apps, role, model, actions)


class Migration(migrations.Migration):
    dependencies = [("courses", "0001_initial"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
