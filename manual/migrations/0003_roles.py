"""Editors keep the glossary."""

from django.db import migrations

from accounts.roles import EDITOR, grant


def give(apps, schema_editor):
    grant(apps, EDITOR, "manual.glossaryterm", ["add", "change", "delete", "view"])


class Migration(migrations.Migration):
    dependencies = [("manual", "0002_glossary_term"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
