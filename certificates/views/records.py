"""The holder's certificates, and what coordinators may do with those of a cohort."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certificates import selectors, services
from certificates.access import can_download, can_manage
from certificates.forms import ReplaceForm, RevokeForm
from certificates.models import Certificate
from certificates.tasks import print_certificate
from courses.models import Cohort
from printing.press import PrintError


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List a person's own certificates."""
    return render(request, "certificates/mine.html", {"certificates": selectors.certificates_of(request.user)})


@login_required
@require_safe
def download(request: HttpRequest, uuid: str) -> HttpResponse | FileResponse:
    """Hand out the stored document; the first who asks has it made if the worker has not yet."""
    found = get_object_or_404(Certificate.objects.select_related("enrolment"), uuid=uuid)
    if not can_download(request.user, found):
        raise Http404
    try:
        kept = services.ensure_document(certificate=found)
        document = services.open_document(certificate=kept)
    except (services.CertificateError, PrintError) as refusal:
        context = {"certificate": found, "refusal": str(refusal)}
        response = render(request, "certificates/not_printed.html", context, status=503)
        response["Retry-After"] = "60"
        return response
    response = FileResponse(document, as_attachment=True, filename=f"{kept.number}.pdf", content_type="application/pdf")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_safe
def cohort(request: HttpRequest, key: str) -> HttpResponse:
    """List the certificates of a cohort for its coordinators."""
    _require_manager(request)
    found = get_object_or_404(Cohort.objects.select_related("course"), key=key)
    context = {
        "cohort": found,
        "certificates": selectors.certificates_of_cohort(found),
        "awaiting": selectors.awaiting(found).select_related("enrolment__user"),
    }
    return render(request, "certificates/cohort.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, uuid: str) -> HttpResponse:
    """Withdraw a certificate for good, with a reason."""
    found = _managed(request, uuid)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.revoke_certificate(certificate=found, by=request.user, **form.cleaned_data)
        except services.CertificateError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("%(number)s is revoked.") % {"number": found.number})
            return redirect("certificates:cohort", key=found.enrolment.cohort.key)
    return _deed(request, "certificates/revoke.html", found, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, uuid: str) -> HttpResponse:
    """Issue a corrected copy, with a reason."""
    found = _managed(request, uuid)
    form = ReplaceForm(request.POST or None, initial={"recipient": found.enrolment.user.name})
    if request.method == "POST" and form.is_valid():
        try:
            copy = services.replace_certificate(certificate=found, by=request.user, **form.cleaned_data)
        except services.CertificateError as refusal:
            form.add_error(None, refusal.message)
        else:
            transaction.on_commit(lambda: print_certificate.enqueue(copy.pk))
            told = {"old": found.number, "new": copy.number}
            messages.success(request, _("%(old)s is replaced by %(new)s.") % told)
            return redirect("certificates:cohort", key=found.enrolment.cohort.key)
    return _deed(request, "certificates/replace.html", found, form)


def _require_manager(request: HttpRequest) -> None:
    if not can_manage(request.user):
        raise Http404


def _managed(request: HttpRequest, uuid: str) -> Certificate:
    _require_manager(request)
    return get_object_or_404(Certificate.objects.select_related("enrolment__cohort", "enrolment__user"), uuid=uuid)


def _deed(request: HttpRequest, template: str, found: Certificate, form: RevokeForm | ReplaceForm) -> HttpResponse:
    return render(request, template, {"certificate": found, "form": form}, status=422 if form.errors else 200)
