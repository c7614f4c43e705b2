"""The four roles and what they may do with pages, images, documents and people.

What a role may do with the models of an upper app is given by that app's own migration, through `accounts.roles.grant`.
"""

from django.db import migrations

from accounts.roles import ADMINISTRATOR, ALL, CMS, COORDINATOR, EDITOR, grant

PAGES = ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"]
IMAGES = ["add_image", "change_image", "choose_image"]
DOCUMENTS = ["add_document", "change_document", "choose_document"]


def lay_out_roles(apps, schema_editor):
    Group = apps.get_model("auth.Group")
    Permission = apps.get_model("auth.Permission")
    # Wagtail begins with Editors, who may not publish, and Moderators; ours keep the manual by themselves.
    Group.objects.filter(name="Moderators").delete()
    for name in ALL:
        Group.objects.get_or_create(name=name)

    door = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for name in CMS:
        Group.objects.get(name=name).permissions.add(door)

    editors = Group.objects.get(name=EDITOR)
    root = apps.get_model("wagtailcore.Page").objects.get(depth=1)
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGES):
        apps.get_model("wagtailcore.GroupPagePermission").objects.get_or_create(
            group=editors, page=root, permission=permission
        )
    collection = apps.get_model("wagtailcore.Collection").objects.get(depth=1)
    for app_label, codenames in {"wagtailimages": IMAGES, "wagtaildocs": DOCUMENTS}.items():
        for permission in Permission.objects.filter(content_type__app_label=app_label, codename__in=codenames):
            apps.get_model("wagtailcore.GroupCollectionPermission").objects.get_or_create(
                group=editors, collection=collection, permission=permission
            )

    for role in (COORDINATOR, ADMINISTRATOR):
        grant(apps, role, "accounts.user", ["add", "change", "view"])
        grant(apps, role, "accounts.organisation", ["add", "change", "view"])
        grant(apps, role, "accounts.invitation", ["add", "change", "view"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [migrations.RunPython(lay_out_roles, migrations.RunPython.noop)]
