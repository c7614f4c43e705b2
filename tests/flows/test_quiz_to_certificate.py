"""From the first chapter to the certificate in the trainee's hand; every step is a request."""

import uuid

from django.urls import reverse

import pytest

from certificates.models import Certificate
from courses.models import Completion
from tests.flows.walking import answer_quiz, keep_register, page, read_everything, words
from tests.printing.reading import facts_of, faults_of, text_of

pytestmark = pytest.mark.django_db(transaction=True)


def my_learning(client):
    return client.get(reverse("courses:my_learning"))


def test_last_requirement_brings_the_certificate_by_itself(place, ana, ingrid, session, ana_there, browser_of):
    trainee, trainer = browser_of(ana), browser_of(ingrid)
    assert "All of them are still open." in words(my_learning(trainee))

    read_everything(trainee)
    keep_register(trainer, session, ana_there, "present")
    assert not Certificate.objects.exists()
    result = answer_quiz(trainee, place, right=4)

    assert "You have passed" in words(result)
    certificate = Certificate.objects.get()
    assert (certificate.enrolment, certificate.subject) == (place, Completion.objects.get().uuid)
    assert (certificate.minutes_attended, certificate.places, certificate.language) == (180, "Oslo", "ro")
    assert certificate.issued.isoformat() == "2026-11-02"

    link = page(my_learning(trainee)).find("a", href=reverse("certificates:download", args=[certificate.uuid]))
    pdf = b"".join(trainee.get(link["href"]).streaming_content)
    assert facts_of(pdf)["pages"] == 1
    assert faults_of(pdf) == []
    assert "Ana Munteanu" in text_of(pdf)


def test_register_may_be_the_last_requirement(place, ana, ingrid, session, ana_there, browser_of):
    trainee = browser_of(ana)
    read_everything(trainee)
    answer_quiz(trainee, place, right=4)
    assert not Certificate.objects.exists()

    keep_register(browser_of(ingrid), session, ana_there, "present")

    assert Certificate.objects.get().enrolment == place


def test_failed_quiz_brings_no_certificate(place, ana, ingrid, session, ana_there, browser_of):
    trainee = browser_of(ana)
    read_everything(trainee)
    keep_register(browser_of(ingrid), session, ana_there, "present")

    answer_quiz(trainee, place, right=1)

    assert not Certificate.objects.exists()
    assert "No certificate yet." in words(my_learning(trainee))


def test_what_happens_later_changes_no_certificate(place, ana, ingrid, stefan, session, ana_there, browser_of):
    trainee, trainer, coordinator = browser_of(ana), browser_of(ingrid), browser_of(stefan)
    read_everything(trainee)
    keep_register(trainer, session, ana_there, "present")
    answer_quiz(trainee, place, right=4)
    before = Certificate.objects.values().get()

    ana.name = "Ana Popescu"
    ana.save()
    keep_register(trainer, session, ana_there, "absent", based=1)

    assert Certificate.objects.values().get() == before
    assert "The completion of Ana Popescu is contested." in words(
        coordinator.get(reverse("courses:cohort", args=["iasi-2026"]))
    )
    assert "This certificate is valid" in words(trainee.get(f"/verify/{before['token']}/"))


def test_certificate_of_somebody_else_is_not_there(place, ana, mihai, ingrid, session, ana_there, browser_of):
    trainee = browser_of(ana)
    read_everything(trainee)
    keep_register(browser_of(ingrid), session, ana_there, "present")
    answer_quiz(trainee, place, right=4)
    address = reverse("certificates:download", args=[Certificate.objects.get().uuid])

    foreign, missing = (
        browser_of(mihai).get(url) for url in (address, reverse("certificates:download", args=[uuid.uuid4()]))
    )

    assert (foreign.status_code, missing.status_code) == (404, 404)
