"""Coordinators and administrators plan visits and sessions; nobody deletes them."""

from django.db import migrations

from accounts.roles import ADMINISTRATOR, COORDINATOR, grant


def give(apps, schema_editor):
    for role in (COORDINATOR, ADMINISTRATOR):
        grant(apps, role, "attendance.studyvisit", ["add", "change", "view"])
        grant(apps, role, "attendance.trainingsession", ["add", "change", "view"])


class Migration(migrations.Migration):
    dependencies = [("attendance", "0001_initial"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
