"""Letters to people, sent by the worker."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from django_tasks import task

from accounts.models import Invitation, User
from accounts.services import draw_token


@task()
def send_invitation(invitation_id: int) -> None:
    """Write to an invited person in their language, with a link that exists only in this letter."""
    invitation = Invitation.objects.select_related("invited_by").get(pk=invitation_id)
    if invitation.state_at(timezone.now()) != Invitation.State.OPEN:
        return
    token = draw_token(invitation=invitation)
    with translation.override(invitation.language):
        link = settings.SITE_URL + reverse("invitation", kwargs={"token": token})
    post("invitation", invitation.email, invitation.language, invitation=invitation, link=link)


@task()
def send_account_made(user_id: int) -> None:
    """Tell a person that they have an account and where to choose a password."""
    person = User.objects.get(pk=user_id)
    with translation.override(person.language):
        link = settings.SITE_URL + reverse("account_reset_password")
    post("account_made", person.email, person.language, person=person, link=link)


def post(letter: str, address: str, language: str, **context: object) -> None:
    """Send a letter of two templates, subject and text, in a language."""
    context["site_name"] = settings.WAGTAIL_SITE_NAME
    with translation.override(language):
        subject = " ".join(render_to_string(f"accounts/email/{letter}_subject.txt", context).split())
        text = render_to_string(f"accounts/email/{letter}.txt", context)
    send_mail(subject, text, None, [address])
