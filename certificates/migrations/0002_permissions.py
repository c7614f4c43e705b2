"""Coordinators and administrators look through the certificates."""

from django.db import migrations

from accounts.roles import ADMINISTRATOR, COORDINATOR, grant


def give(apps, schema_editor):
    for role in (COORDINATOR, ADMINISTRATOR):
        grant(apps, role, "certificates.certificate", ["view"])


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_initial"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
