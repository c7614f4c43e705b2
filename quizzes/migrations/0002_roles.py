"""Editors keep the question bank; nobody else sees what is right."""

from django.db import migrations

from accounts.roles import EDITOR, grant


def give(apps, schema_editor):
    grant(apps, EDITOR, "quizzes.question", ["add", "change", "delete", "publish", "view"])


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0001_initial"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
