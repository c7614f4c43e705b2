"""The doors of courses."""

import datetime as dt

from django.core.exceptions import ValidationError

import pytest

from accounts.ledger import LedgerError
from courses import selectors, services
from courses.models import Completion, Enrolment, Evidence, Requirement
from courses.progress import EvidenceKind
from courses.signals import course_completed
from manual.text import translation_key
from tests.courses.conftest import SESSION
from tests.factories.courses import CohortFactory, CourseFactory, enrolment_of
from tests.factories.manual import ChapterPageFactory, ManualPageFactory, ModulePageFactory


def fulfil(place, chapters, quiz_subject, by):
    """Give a place everything its course asks."""
    for chapter in chapters:
        services.mark_chapter_read(enrolment=place, chapter=chapter, by=by)
    services.record_evidence(enrolment=place, kind=EvidenceKind.QUIZ, subject=quiz_subject, amount=80, recorded_by=by)
    services.record_evidence(enrolment=place, kind=EvidenceKind.ATTENDANCE, subject=SESSION, amount=180, recorded_by=by)


def test_enrol_opens_the_cohort_with_what_the_course_asks_that_day(iasi, ana, stefan, course, chapters):
    services.enrol(cohort=iasi, user=ana, by=stefan)

    iasi.refresh_from_db()
    assert iasi.opened is not None
    assert [(row["kind"], len(row["subjects"]), row["threshold"]) for row in iasi.rule] == [
        ("reading", 2, 100),
        ("quiz", 1, 70),
        ("attendance", 0, 80),
    ]


def test_a_change_of_the_course_does_not_reach_a_running_cohort(place, course, module, chapters, quiz_subject, ana):
    ChapterPageFactory(parent=module, key="m01-3", number="1.3", title="Chapter 3", slug="chapter-3")
    course.requirements.update(threshold=100)

    fulfil(place, chapters, quiz_subject, ana)

    assert selectors.standing_completion(place) is not None


def test_enrol_twice_is_one_place(place, iasi, ana, stefan):
    again = services.enrol(cohort=iasi, user=ana, by=stefan)

    assert again == place
    assert Enrolment.objects.count() == 1


def test_a_course_that_asks_for_nothing_opens_no_cohort(ana, stefan, homes):
    empty = CohortFactory(course=CourseFactory())

    with pytest.raises(services.CourseError) as refusal:
        services.enrol(cohort=empty, user=ana, by=stefan)

    assert refusal.value.code == "nothing_asked"
    assert Enrolment.objects.count() == 0


def test_the_last_missing_fact_completes_once_and_announces_it(
    place, chapters, quiz_subject, ana, django_capture_on_commit_callbacks
):
    heard = []
    course_completed.connect(lambda completion, **_: heard.append(completion), weak=False, dispatch_uid="test")

    with django_capture_on_commit_callbacks(execute=True):
        fulfil(place, chapters, quiz_subject, ana)
        services.record_evidence(
            enrolment=place, kind=EvidenceKind.QUIZ, subject=quiz_subject, amount=100, recorded_by=ana
        )

    course_completed.disconnect(dispatch_uid="test")
    completion = Completion.objects.get()
    assert heard == [completion]
    assert completion.rule == place.cohort.rule
    assert {(fact["kind"], fact["subject"]) for fact in completion.facts} == {
        ("reading", str(chapters[0].translation_key)),
        ("reading", str(chapters[1].translation_key)),
        ("quiz", str(quiz_subject)),
        ("attendance", str(SESSION)),
    }


def test_nothing_is_completed_while_one_thing_is_missing(place, chapters, quiz_subject, ana):
    fulfil(place, chapters[:1], quiz_subject, ana)

    assert not Completion.objects.exists()


def test_a_correction_below_the_rule_leaves_the_completion_to_a_person(place, chapters, quiz_subject, ana, iasi):
    fulfil(place, chapters, quiz_subject, ana)

    services.record_evidence(enrolment=place, kind=EvidenceKind.ATTENDANCE, subject=SESSION, amount=0, recorded_by=ana)

    assert selectors.standing_completion(place) is not None
    assert [row.enrolment for row in selectors.contested_completions(iasi)] == [place]


def test_a_withdrawn_completion_can_be_earned_again(place, chapters, quiz_subject, ana, stefan):
    fulfil(place, chapters, quiz_subject, ana)
    services.withdraw_completion(completion=Completion.objects.get(), by=stefan, reason="Wrong register.")

    services.record_evidence(
        enrolment=place, kind=EvidenceKind.ATTENDANCE, subject=SESSION, amount=180, recorded_by=stefan
    )

    assert Completion.objects.count() == 2
    assert Completion.objects.filter(withdrawn__isnull=True).count() == 1


def test_a_cancelled_session_completes_those_who_have_enough_without_it(place, iasi, chapters, quiz_subject, ana):
    late = dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC)
    other = SESSION.__class__(int=2)
    services.plan_minutes(cohort=iasi, key=other, minutes=180, ends=late)
    fulfil(place, chapters, quiz_subject, ana)
    assert not Completion.objects.exists()

    services.plan_minutes(cohort=iasi, key=other, minutes=0, ends=late)

    assert Completion.objects.filter(enrolment=place).exists()


def test_marking_read_twice_adds_one_row_and_taking_back_adds_another(place, chapters, ana):
    for read in (True, True, False, False):
        services.mark_chapter_read(enrolment=place, chapter=chapters[0], by=ana, read=read)

    rows = Evidence.objects.filter(subject=chapters[0].translation_key).order_by("pk")
    assert [int(row.amount) for row in rows] == [1, 0]


def test_a_chapter_the_course_does_not_ask_for_is_refused(place, ana, homes, module):
    other = ChapterPageFactory(parent=module, key="m09-1", number="9.1", title="Another", slug="another")

    with pytest.raises(services.CourseError) as refusal:
        services.mark_chapter_read(enrolment=place, chapter=other, by=ana)

    assert refusal.value.code == "not_asked"


def test_evidence_can_neither_be_changed_nor_deleted(place, chapters, ana):
    row = services.mark_chapter_read(enrolment=place, chapter=chapters[0], by=ana)

    row.amount = 0
    for deed in (row.save, row.delete, Evidence.objects.all().delete, lambda: Evidence.objects.update(amount=0)):
        with pytest.raises(LedgerError):
            deed()

    assert Evidence.objects.get().amount == 1


def test_recognised_evidence_counts_in_the_new_cohort_and_names_its_origin(place, bacau, chapters, ana, stefan):
    earlier = services.mark_chapter_read(enrolment=place, chapter=chapters[0], by=ana)
    second = enrolment_of(ana, bacau, by=stefan)

    services.recognise_evidence(evidence=earlier, enrolment=second, by=stefan, note="Read in Iași.")

    assert selectors.progress_of(second).verdicts[0].counted == 1
    assert Evidence.objects.get(enrolment=second).recognised_from == earlier


def test_evidence_of_another_person_is_never_recognised(place, bacau, chapters, ana, mihai, stefan):
    earlier = services.mark_chapter_read(enrolment=place, chapter=chapters[0], by=ana)
    his = enrolment_of(mihai, bacau, by=stefan)

    with pytest.raises(services.CourseError) as refusal:
        services.recognise_evidence(evidence=earlier, enrolment=his, by=stefan, note="Mistake.")

    assert refusal.value.code == "other_person"


def test_adopting_the_rule_shows_beforehand_who_gains(place, course, iasi, chapters, quiz_subject, ana, stefan):
    fulfil(place, chapters[:1], quiz_subject, ana)
    course.requirements.filter(kind="reading").update(threshold=50)
    iasi.refresh_from_db()

    preview = services.rule_preview(cohort=iasi)
    services.adopt_rule(cohort=iasi, by=stefan, reason="One chapter is enough this year.")

    assert preview.gain == [place]
    assert preview.lose == []
    assert selectors.standing_completion(place) is not None


def test_credit_follows_the_person_across_languages(place, homes, chapters, ana):
    module = ModulePageFactory(parent=ManualPageFactory(parent=homes["ro"]))
    romanian = ChapterPageFactory(parent=module, key="m01-1", title="Cele trei elemente", slug="cele-trei-elemente")

    services.mark_chapter_read(enrolment=place, chapter=romanian, by=ana)

    assert selectors.read_chapters(selectors.places_with_reading(ana)) == {translation_key("m01-1")}


@pytest.mark.parametrize(("kind", "about", "refused"), [("quiz", "m01-quiz", False), ("reading", "m01", True)])
def test_only_a_quiz_may_be_enough_without_a_mark(course, kind, about, refused):
    requirement = Requirement(course=course, kind=kind, about=about, threshold=0)

    if refused:
        with pytest.raises(ValidationError, match="Ask for at least 1%"):
            requirement.full_clean()
    else:
        requirement.full_clean()
