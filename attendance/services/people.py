"""People come onto the list of a visit or a class, and leave it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from attendance.models import Participation, StudyVisit
from attendance.services.errors import AttendanceError
from courses.models import Cohort, Enrolment


@transaction.atomic
def add_participants(*, by: User, visit: StudyVisit | None = None, cohort: Cohort | None = None) -> list[Participation]:
    """Bring everybody enrolled onto the list of a visit, or of a cohort's classes; who is on it already stays."""
    cohorts = list(visit.cohorts.all()) if visit else [cohort]
    enrolments = (
        Enrolment.objects.filter(cohort__in=cohorts, left__isnull=True)
        .exclude(participations__in=Participation.objects.filter(visit=visit, cohort=cohort))
        .select_related("user")
        .order_by("pk")
    )
    people = [
        Participation(
            visit=visit,
            cohort=cohort,
            name=str(enrolment.user),
            profession=enrolment.user.profession,
            organisation=enrolment.user.institution,
            user=enrolment.user,
            enrolment=enrolment,
            added_by=by,
        )
        for enrolment in enrolments
    ]
    # Somebody may do the same at the same moment: the constraint keeps each enrolment on the list once.
    return Participation.objects.bulk_create(people, ignore_conflicts=True)


@transaction.atomic
def add_person(
    *,
    by: User,
    name: str,
    role: str,
    visit: StudyVisit | None = None,
    cohort: Cohort | None = None,
    organisation: str = "",
    profession: str = "",
    user: User | None = None,
) -> Participation:
    """Write one person onto the list: a guest, an interpreter, a host, a trainer. Trainees come by enrolment."""
    if role == Participation.Role.TRAINEE:
        raise AttendanceError("trainee_by_enrolment", _("Trainees come onto the list by enrolment."))
    person = Participation(
        visit=visit,
        cohort=cohort,
        name=" ".join(name.split()),
        role=role,
        organisation=organisation.strip(),
        profession=profession.strip(),
        user=user,
        added_by=by,
    )
    person.full_clean()
    person.save()
    return person


@transaction.atomic
def withdraw_person(*, participation: Participation, by: User) -> Participation:
    """Take a guest off the list; what was noted about them stays in its registers.

    A trainee leaves with the enrolment: nobody is on a list who has left the cohort.
    """
    if participation.enrolment_id:
        raise AttendanceError("trainee_by_enrolment", _("A trainee leaves the list by leaving the cohort."))
    locked = Participation.objects.select_for_update().get(pk=participation.pk)
    if locked.withdrawn is None:
        locked.withdrawn = timezone.now()
        locked.save(update_fields=["withdrawn"])
    return locked
