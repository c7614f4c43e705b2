"""A completion brings its certificate; the command catches what the signal missed."""

import io

from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

import pytest

from certificates.models import Certificate, NumberSeries
from courses.signals import course_completed
from tests.factories.certificates import complete


def issue(*args):
    said, complaints = io.StringIO(), io.StringIO()
    call_command("issue_certificates", *args, stdout=said, stderr=complaints)
    return said.getvalue() + complaints.getvalue()


def test_completion_brings_certificate_and_document_by_itself(anas_place, provider, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        complete(anas_place)

    certificate = Certificate.objects.get()
    assert (certificate.enrolment, certificate.state) == (anas_place, "valid")
    assert default_storage.exists(certificate.document.name)


def test_signal_sent_twice_issues_once(completion, django_capture_on_commit_callbacks):
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            course_completed.send(sender=type(completion), completion=completion)

    assert Certificate.objects.count() == 1


def test_command_issues_and_prints_what_the_signal_missed(completion):
    said = issue()

    certificate = Certificate.objects.get()
    assert f"{certificate.number} for enrolment {completion.enrolment.uuid}." in said
    assert "1 issued, 0 refused, 1 to be printed." in said
    assert certificate.document
    assert "Ana" not in said
    assert issue() == "0 issued, 0 refused, 0 to be printed.\n"


def test_command_changes_nothing_on_a_dry_run(completion):
    said = issue("--dry-run")

    assert "1 due; nothing was changed." in said
    assert not Certificate.objects.exists()
    assert not NumberSeries.objects.exists()


def test_command_keeps_to_one_cohort(completion, mihais_place):
    complete(mihais_place)

    issue("--cohort", "bacau-2026")

    assert [row.enrolment for row in Certificate.objects.all()] == [mihais_place]


def test_command_names_a_cohort_that_is_not_there(db):
    with pytest.raises(CommandError, match="no-such"):
        issue("--cohort", "no-such")


def test_command_goes_on_after_a_refusal(completion, mihais_place, ana):
    complete(mihais_place)
    ana.name = ""
    ana.save()

    said = issue()

    assert "(no_name)" in said
    assert "1 issued, 1 refused" in said
