"""A person's own page, and the door for those who were invited."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, NameEmailSettingsPanel

from allauth.core.ratelimit import consume_or_429
from allauth.mfa.utils import is_mfa_enabled

from accounts.forms import ProfileForm, WelcomeForm
from accounts.models import Invitation, User
from accounts.selectors import invitation_of, person_at
from accounts.services import AccountsError, accept_invitation, change_profile


class CmsAccountView(AccountView):
    """Wagtail's page for an editor's own preferences, without name, photograph and password: those have one place."""

    def get_panels(self):
        left_out = (NameEmailSettingsPanel, AvatarSettingsPanel)
        return [panel for panel in super().get_panels() if not isinstance(panel, left_out)]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change what a person says about themselves."""
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        change_profile(person=request.user, **form.cleaned_data)
        messages.success(request, _("Your details are saved."))
        return redirect("accounts:profile")
    context = {"form": form, "second_factor": is_mfa_enabled(request.user)}
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def answer_invitation(request: HttpRequest, token: str, *, welcome: Callable[[User, Invitation], str]) -> HttpResponse:
    """Let an invited person accept.

    The layer above mounts this view and says in `welcome` what acceptance brings, such as a place in a cohort, and
    where to go next; both happen in one transaction.
    """
    if limited := consume_or_429(request, action="invitation"):
        return limited
    invitation = invitation_of(token)
    if invitation is None or invitation.state_at(timezone.now()) != Invitation.State.OPEN:
        return render(request, "accounts/invitation_closed.html", status=404)

    person = request.user if request.user.is_authenticated else None
    known = person_at(invitation.email)
    if person is None and known is not None:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")

    form = None if person else WelcomeForm(request.POST or None, invitation=invitation)
    refusal = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        answers = form.cleaned_data if form else {}
        try:
            with transaction.atomic():
                newcomer, invitation = accept_invitation(token=token, by=person, **answers)
                next_url = welcome(newcomer, invitation)
        except AccountsError as error:
            refusal = error.message
        else:
            if person is None:
                login(request, newcomer)
            messages.success(request, _("Welcome. Your invitation is accepted."))
            return redirect(next_url)
    context = {"form": form, "invitation": invitation, "refusal": refusal, "for_another": person not in (None, known)}
    return render(
        request, "accounts/invitation.html", context, status=422 if refusal or (form and form.errors) else 200
    )
