"""People in the CMS: coordinators add and invite, and nobody raises themselves."""

import re

from django.contrib.auth.models import Group
from django.core import mail
from django.urls import reverse

import pytest
from allauth.account.models import EmailAddress

from accounts import roles
from accounts.models import Invitation, Organisation, User
from tests.cast import PASSWORD
from tests.factories.accounts import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
NEW = {"email": "Ioana@Example.org", "name": "Ioana Stan", "profession": "", "organisation": "", "language": "ro"}


def details_of(person, **changes):
    """What the form of a person sends when nothing but `changes` is changed."""
    return {
        "email": person.email,
        "name": person.name,
        "profession": person.profession,
        "organisation": "",
        "language": person.language,
        "is_active": "on",
        "roles": [group.name for group in person.groups.all()],
        **changes,
    }


def edit_url(person):
    return reverse("wagtailusers_users:edit", args=[person.pk])


@pytest.mark.parametrize("screen", ["index", "add"])
@pytest.mark.parametrize("viewset", ["wagtailusers_users", "invitation", "organisation"])
def test_coordinator_opens_the_screens_about_people(browser_of, stefan, viewset, screen):
    assert browser_of(stefan).get(reverse(f"{viewset}:{screen}")).status_code == 200


@pytest.mark.parametrize("screen", ["index", "add"])
@pytest.mark.parametrize("viewset", ["wagtailusers_users", "invitation", "organisation"])
def test_editor_sees_no_people(browser_of, elena, viewset, screen):
    assert browser_of(elena).get(reverse(f"{viewset}:{screen}")).status_code == 403


def test_coordinator_adds_a_person_who_chooses_a_password(browser_of, stefan, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = browser_of(stefan).post(reverse("wagtailusers_users:add"), {**NEW, "roles": [roles.TRAINER]})

    ioana = User.objects.get(email="ioana@example.org")
    assert response.status_code == 302
    assert not ioana.has_usable_password()
    assert [group.name for group in ioana.groups.all()] == [roles.TRAINER]
    assert [letter.to for letter in mail.outbox] == [["ioana@example.org"]]
    assert "/ro/accounts/password/reset/" in mail.outbox[0].body


def test_added_person_chooses_a_password_by_letter_and_signs_in(browser_of, stefan, client):
    browser_of(stefan).post(reverse("wagtailusers_users:add"), NEW)

    client.post(reverse("account_reset_password"), {"email": "ioana@example.org"})
    link = re.search(r"/en/accounts/password/reset/key/\S+/", mail.outbox[-1].body)[0]
    form = client.get(link)["Location"]
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    client.post(reverse("account_login"), {"login": "ioana@example.org", "password": PASSWORD})

    assert client.session["_auth_user_id"] == str(User.objects.get(email="ioana@example.org").pk)


def test_person_with_an_account_cannot_be_added_again(browser_of, stefan, ana):
    response = browser_of(stefan).post(reverse("wagtailusers_users:add"), {**NEW, "email": "ANA@example.org"})

    assert response.status_code == 200
    assert User.objects.filter(email__iexact="ana@example.org").count() == 1


def test_person_found_by_name_and_shown_with_roles(browser_of, stefan, ana, ingrid):
    page = browser_of(stefan).get(reverse("wagtailusers_users:index"), {"q": "Bråten"}).content.decode()

    assert "Ingrid Bråten" in page
    assert "Trainers" in page
    assert "Ana Munteanu" not in page


def test_coordinator_corrects_a_trainee(browser_of, stefan, ana):
    EmailAddress.objects.create(user=ana, email=ana.email, primary=True, verified=True)

    browser_of(stefan).post(edit_url(ana), details_of(ana, name="Ana M. Munteanu", email="ana.m@example.org"))

    ana.refresh_from_db()
    assert (ana.name, ana.email) == ("Ana M. Munteanu", "ana.m@example.org")
    address = EmailAddress.objects.get(user=ana)
    assert (address.email, address.verified) == ("ana.m@example.org", False)


def test_coordinator_closes_an_account(browser_of, stefan, ana):
    answers = details_of(ana)
    del answers["is_active"]

    browser_of(stefan).post(edit_url(ana), answers)

    ana.refresh_from_db()
    assert not ana.is_active


# --- Nobody raises themselves -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [roles.COORDINATOR, roles.ADMINISTRATOR])
def test_coordinator_cannot_give_a_role_as_high_as_their_own(browser_of, stefan, ana, role):
    browser_of(stefan).post(edit_url(ana), details_of(ana, roles=[role]))
    browser_of(stefan).post(reverse("wagtailusers_users:add"), {**NEW, "roles": [role]})

    assert not ana.groups.exists()
    assert not User.objects.filter(email="ioana@example.org").exists()


@pytest.mark.parametrize("field", ["is_superuser", "is_staff", "password", "password1", "user_permissions", "groups"])
def test_coordinator_cannot_slip_a_field_into_the_form(browser_of, stefan, ana, field):
    before = User.objects.values("is_superuser", "is_staff", "password").get(pk=ana.pk)

    browser_of(stefan).post(edit_url(ana), details_of(ana, **{field: "1"}))

    assert User.objects.values("is_superuser", "is_staff", "password").get(pk=ana.pk) == before
    assert not ana.groups.exists()
    assert not ana.user_permissions.exists()


def test_coordinator_cannot_take_over_those_above(browser_of, stefan, admin):
    colleague = UserFactory(role=roles.COORDINATOR)
    for person in (stefan, colleague, admin):
        answers = details_of(person, email="taken@example.org")

        assert browser_of(stefan).get(edit_url(person)).status_code == 302
        assert browser_of(stefan).post(edit_url(person), answers).status_code == 302

        assert User.objects.get(pk=person.pk).email == person.email


def test_administrator_makes_and_unmakes_a_coordinator(browser_of, admin, ana):
    browser = browser_of(admin)

    browser.post(edit_url(ana), details_of(ana, roles=[roles.COORDINATOR]))
    assert [group.name for group in ana.groups.all()] == [roles.COORDINATOR]

    browser.post(edit_url(ana), details_of(ana, roles=[]))
    assert not ana.groups.exists()


def test_administrator_role_opens_everything_and_closes_again(browser_of, admin, ana):
    browser = browser_of(admin)

    browser.post(edit_url(ana), details_of(ana, roles=[roles.ADMINISTRATOR]))
    assert User.objects.get(pk=ana.pk).is_superuser

    browser.post(edit_url(ana), details_of(ana, roles=[]))
    assert not User.objects.get(pk=ana.pk).is_superuser


def test_administrator_does_not_change_their_own_roles(browser_of, admin):
    browser_of(admin).post(edit_url(admin), details_of(admin, roles=[], name="Astrid H. Haugen"))

    admin.refresh_from_db()
    assert (admin.name, admin.is_superuser, admin.is_active) == ("Astrid H. Haugen", True, True)


@pytest.mark.parametrize("action", ["assign_role", "delete", "set_active_state"])
def test_people_are_not_changed_in_bulk(browser_of, admin, stefan, ana, action):
    administrators = Group.objects.get(name=roles.ADMINISTRATOR)
    for person in (stefan, admin):
        url = reverse("wagtail_bulk_action", args=["accounts", "user", action])
        data = {"role": administrators.pk, "mark_as_active": "False"}

        response = browser_of(person).post(f"{url}?id={ana.pk}&id={stefan.pk}", data)

        assert response.status_code == 302
    ana.refresh_from_db()
    assert ana.is_active
    assert not ana.groups.exists()


@pytest.mark.parametrize("what", ["user", "invitation", "organisation"])
def test_nothing_records_hang_on_is_deleted(browser_of, admin, ana, what):
    invitation = Invitation.objects.create(
        email="x@example.org", digest="x", invited_by=admin, expires="2026-01-01T00:00Z"
    )
    row = {"user": ana, "invitation": invitation, "organisation": OrganisationFactory()}[what]
    namespace = "wagtailusers_users" if what == "user" else what

    response = browser_of(admin).post(reverse(f"{namespace}:delete", args=[row.pk]))

    assert response.status_code == 302
    assert type(row).objects.filter(pk=row.pk).exists()


# --- Invitations ------------------------------------------------------------------------------------------------------


def invite(browser, capture, **changes):
    with capture(execute=True):
        return browser.post(
            reverse("invitation:add"),
            {"email": "ioana@example.org", "name": "", "language": "nb", "cohort_key": "", **changes},
        )


def test_coordinator_invites(browser_of, stefan, django_capture_on_commit_callbacks):
    response = invite(browser_of(stefan), django_capture_on_commit_callbacks)

    invitation = Invitation.objects.get()
    assert response.status_code == 302
    assert (invitation.email, invitation.invited_by) == ("ioana@example.org", stefan)
    assert [letter.to for letter in mail.outbox] == [["ioana@example.org"]]


def test_coordinator_sends_again_and_withdraws(browser_of, stefan, django_capture_on_commit_callbacks):
    browser = browser_of(stefan)
    invite(browser, django_capture_on_commit_callbacks)
    url = reverse("invitation:edit", args=[Invitation.objects.get().pk])
    assert "Withdraw" in browser.get(url).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        browser.post(url, {"action-send": "1"})
    browser.post(url, {"action-withdraw": "1"})

    assert len(mail.outbox) == 2
    assert mail.outbox[0].body != mail.outbox[1].body
    assert Invitation.objects.get().withdrawn
    assert "Withdraw<" not in browser.get(url).content.decode()


def test_closed_invitation_is_not_sent_again(browser_of, stefan, django_capture_on_commit_callbacks):
    browser = browser_of(stefan)
    invite(browser, django_capture_on_commit_callbacks)
    url = reverse("invitation:edit", args=[Invitation.objects.get().pk])
    browser.post(url, {"action-withdraw": "1"})

    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(url, {"action-send": "1"})

    assert response.status_code == 200
    assert len(mail.outbox) == 1


def test_coordinator_keeps_organisations(browser_of, stefan):
    response = browser_of(stefan).post(
        reverse("organisation:add"), {"name": "DGASPC Iași", "kind": "dgaspc", "county": "Iași", "country": "RO"}
    )

    assert response.status_code == 302
    assert Organisation.objects.get().name == "DGASPC Iași"


# --- Wagtail's own account page ---------------------------------------------------------------------------------------


def test_account_page_in_the_cms_leaves_name_address_and_password_to_the_profile(browser_of, stefan):
    page = browser_of(stefan).get(reverse("wagtailadmin_account")).content.decode()

    assert "first_name" not in page
    assert "new_password1" not in page
    assert "name_email" not in page
    assert "avatar-avatar" not in page


def test_account_page_in_the_cms_saves_what_is_left(browser_of, stefan):
    response = browser_of(stefan).post(
        reverse("wagtailadmin_account"),
        {
            "locale-preferred_language": "ro",
            "locale-current_time_zone": "Europe/Bucharest",
            "theme-theme": "dark",
            "theme-contrast": "system",
            "theme-density": "default",
            "password-old_password": PASSWORD,
        },
    )

    assert response.status_code == 302
    stefan.refresh_from_db()
    assert stefan.wagtail_userprofile.theme == "dark"
