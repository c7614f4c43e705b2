"""What every field says about people. A field that is not declared here fails the build, and so does a line too many.

The table is what an export of somebody's data, an erasure and the information for people are made from.
"""

from dataclasses import dataclass
from enum import StrEnum


class Nature(StrEnum):
    """What kind of fact a field holds."""

    NONE = "says nothing about a person"
    PERSONAL = "says something about a person who can be known"
    SPECIAL = "can hold health, origin, conviction or the story of somebody who was trafficked"


class Erasure(StrEnum):
    """What becomes of a field when its person is erased, once no duty to keep it runs any more."""

    STAYS = "stays: says nothing without the person"
    EMPTIED = "is emptied"
    SALTED = "is replaced by a salted hash, so that signatures and verification still hold"
    DELETED = "goes with its row"


@dataclass(frozen=True)
class Declaration:
    """Why a field is kept, for how long, and what the person and the eraser get."""

    nature: Nature
    purpose: str
    kept: str
    exported: bool
    erasure: Erasure


AUDIT = "five years after the project has ended, for those who audit it"
ACCOUNT_LIFE = "as long as the account"


def declare(purpose: str, kept: str, erasure: Erasure, *, exported: bool = True, special: bool = False) -> Declaration:
    """Declare a field that speaks about a person."""
    return Declaration(Nature.SPECIAL if special else Nature.PERSONAL, purpose, kept, exported, erasure)


NONE = Declaration(Nature.NONE, "", "", exported=False, erasure=Erasure.STAYS)
IDENTITY = declare("to know and to name the person", ACCOUNT_LIFE, Erasure.EMPTIED)
CREDENTIAL = declare("to let the person in and nobody else", ACCOUNT_LIFE, Erasure.EMPTIED, exported=False)
RIGHTS = declare("what the person may do", ACCOUNT_LIFE, Erasure.EMPTIED)
WHOSE = declare("whose record it is", AUDIT, Erasure.STAYS)
BY_WHOM = declare("who answers for an entry", AUDIT, Erasure.STAYS)
PROOF = declare("proof of what was learned or attended", AUDIT, Erasure.STAYS)
REASON = declare("why a record was changed, in the words of whoever did it", AUDIT, Erasure.EMPTIED, special=True)
WRITTEN_NAME = declare("the name as it was signed for or printed", AUDIT, Erasure.SALTED)
WRITTEN_FACT = declare("what was printed beside the name", AUDIT, Erasure.EMPTIED)
AUTHOR = declare("who wrote or uploaded it", "as long as the text or file", Erasure.EMPTIED)
PUBLIC = declare("a person named in public on purpose, as signatory or contact", "until it is changed", Erasure.EMPTIED)
INVITED = declare("to invite the person", "until the invitation has been answered, at most a year", Erasure.EMPTIED)

# --- Fields that say something about somebody -------------------------------------------------------------------------

PERSONAL: dict[str, dict[str, Declaration]] = {
    "accounts.User": {
        "email": IDENTITY,
        "name": IDENTITY,
        "profession": IDENTITY,
        "professional_code": IDENTITY,
        "institution": IDENTITY,
        "organisation": IDENTITY,
        "language": IDENTITY,
        "date_joined": IDENTITY,
        "last_login": IDENTITY,
        "is_active": RIGHTS,
        "is_staff": RIGHTS,
        "is_superuser": RIGHTS,
        "groups": RIGHTS,
        "user_permissions": RIGHTS,
        "password": CREDENTIAL,
    },
    "accounts.User_groups": {"user": RIGHTS, "group": RIGHTS},
    "accounts.User_user_permissions": {"user": RIGHTS, "permission": RIGHTS},
    "accounts.Invitation": {
        "email": INVITED,
        "name": INVITED,
        "language": INVITED,
        "cohort_key": INVITED,
        "accepted_by": WHOSE,
        "invited_by": BY_WHOM,
        "digest": CREDENTIAL,
    },
    "pages.Image": {"uploaded_by_user": AUTHOR},
    "pages.Document": {"uploaded_by_user": AUTHOR},
    "pages.SiteSettings": {"signatory_name": PUBLIC, "contact_email": PUBLIC},
    "courses.CohortTrainer": {"user": WHOSE, "title": PROOF, "starts": PROOF, "ends": PROOF},
    "courses.Enrolment": {
        "user": WHOSE,
        "cohort": PROOF,
        "language": PROOF,
        "enrolled": PROOF,
        "left": PROOF,
        "enrolled_by": BY_WHOM,
    },
    "courses.Evidence": {
        "enrolment": WHOSE,
        "kind": PROOF,
        "subject": PROOF,
        "amount": PROOF,
        "when": PROOF,
        "recorded": PROOF,
        "recognised_from": PROOF,
        "recorded_by": BY_WHOM,
        "note": REASON,
    },
    "courses.Completion": {
        "enrolment": WHOSE,
        "completed": PROOF,
        "facts": PROOF,
        "withdrawn": PROOF,
        "withdrawn_by": BY_WHOM,
        "withdrawn_reason": REASON,
    },
    "courses.RuleChange": {"by": BY_WHOM},
    "quizzes.Attempt": {
        "enrolment": WHOSE,
        "quiz": PROOF,
        "number": PROOF,
        "state": PROOF,
        "started": PROOF,
        "deadline": PROOF,
        "closed": PROOF,
    },
    "quizzes.AnswerEvent": {"attempt": WHOSE, "item": PROOF, "choices": PROOF, "received": PROOF, "outcome": PROOF},
    "quizzes.Grade": {"attempt": WHOSE, "percent": PROOF, "verdicts": PROOF, "graded": PROOF, "graded_by": BY_WHOM},
    "attendance.Participation": {
        "user": WHOSE,
        "enrolment": WHOSE,
        "name": WRITTEN_NAME,
        "profession": WRITTEN_FACT,
        "organisation": WRITTEN_FACT,
        "role": PROOF,
        "added": PROOF,
        "withdrawn": PROOF,
        "added_by": BY_WHOM,
    },
    "attendance.AttendanceRecord": {
        "participation": WHOSE,
        "state": PROOF,
        "missed": PROOF,
        "minutes": PROOF,
        "recorded": PROOF,
        "author": BY_WHOM,
        "reason": REASON,
    },
    "attendance.SignOff": {"by": BY_WHOM, "reason": REASON, "signed": BY_WHOM},
    "certificates.Certificate": {
        "enrolment": WHOSE,
        "recipient": WRITTEN_NAME,
        "profession": WRITTEN_FACT,
        "institution": WRITTEN_FACT,
        "professional_code": WRITTEN_FACT,
        "document": WRITTEN_NAME,
        "trainers": WRITTEN_FACT,
        "signatory": WRITTEN_FACT,
        "token": CREDENTIAL,
        "number": PROOF,
        "minutes_attended": PROOF,
        "starts": PROOF,
        "ends": PROOF,
        "language": PROOF,
        "issued": PROOF,
        "superseded": PROOF,
        "revoked": PROOF,
        "replaces": PROOF,
        "issued_by": BY_WHOM,
        "revoked_by": BY_WHOM,
        "revoked_reason": REASON,
        "replaced_reason": REASON,
    },
}

# --- Fields that say nothing about anybody ----------------------------------------------------------------------------

IMPERSONAL: dict[str, str] = {
    "accounts.Organisation": "id name kind county country",
    "accounts.User": "id is_demo",
    "accounts.User_groups": "id",
    "accounts.User_user_permissions": "id",
    "accounts.Invitation": "id created expires accepted withdrawn",
    "pages.Image": "id collection title file description width height created_at focal_point_x focal_point_y "
    "focal_point_width focal_point_height file_size file_hash tags",
    "pages.Rendition": "id filter_spec file width height focal_point_key image",
    "pages.Document": "id collection title file created_at file_size file_hash tags",
    "pages.HomePage": "page_ptr summary headline lead voices origin",
    "pages.StandardPage": "page_ptr summary lead body foot",
    "pages.Helpline": "id number country label_en label_ro label_nb checked_on in_footer sort_order",
    "pages.SiteSettings": "id site provider_name provider_line provider_number signatory_title leave_url",
    "manual.ManualPage": "page_ptr summary key standfirst",
    "manual.ModulePage": "page_ptr summary key minutes reviewed review_due review made_from number needs body",
    "manual.TaggedChapter": "id tag content_object",
    "manual.ChapterPage": "page_ptr summary key minutes reviewed review_due review made_from number standfirst body "
    "tags",
    "manual.ScenarioPage": "page_ptr summary key minutes reviewed review_due review made_from standfirst introduction "
    "steps debriefing",
    "manual.Edition": "id manual_key number date",
    "manual.EditionEntry": "id edition translation_key locale revision title body",
    "manual.Print": "id stamp page_key variant language file size pages sha256 revisions edition created",
    "manual.LoadedFile": "id key language path file_digest page_digest loaded",
    "manual.SearchEntry": "page locale title text folded_title folded_text",
    "courses.Project": "id name number funder_line starts ends",
    "courses.Course": "id key title_en title_ro title_nb academic_hour form_of_training created",
    "courses.Requirement": "id course kind about threshold sort_order",
    "courses.CourseIndexPage": "page_ptr summary",
    "courses.CoursePage": "page_ptr summary course body",
    "courses.Cohort": "id key title course project edition language time_zone starts ends rule opened",
    "courses.CohortTrainer": "id cohort",
    "courses.PlannedSession": "id cohort key minutes ends",
    "courses.Enrolment": "id uuid",
    "courses.Evidence": "id",
    "courses.Completion": "id uuid rule",
    "courses.RuleChange": "id cohort before after reason changed",
    "quizzes.TaggedQuestion": "id tag content_object",
    "quizzes.Question": "id translation_key locale latest_revision live has_unpublished_changes first_published_at "
    "last_published_at live_revision go_live_at expire_at expired key use kind module_key chapter_key anchor prompt "
    "options feedback tags",
    "manual.GlossaryTerm": "id key term_en term_ro term_nb definition_en definition_ro definition_nb",
    "quizzes.Quiz": "id key module_key draw picks threshold pause_hours max_attempts time_limit shuffle rule",
    "quizzes.QuizPage": "page_ptr summary quiz intro",
    "quizzes.Attempt": "id uuid seed language title edition",
    "quizzes.AttemptItem": "id attempt position question_key revision paper key",
    "quizzes.AnswerEvent": "id event_id sequence",
    "quizzes.Grade": "id rule",
    "attendance.StudyVisit": "id place place_restricted meeting_point key title lead language spoken host country "
    "time_zone starts ends withdrawn cohorts",
    "attendance.StudyVisit_cohorts": "id studyvisit cohort",
    "attendance.AgendaItem": "id visit day begins finishes text note",
    "attendance.TrainingSession": "id place place_restricted meeting_point key visit title half day begins finishes "
    "time_zone starts ends minutes cancelled cancelled_reason signed_off cohorts",
    "attendance.TrainingSession_cohorts": "id trainingsession cohort",
    "attendance.Participation": "id uuid visit cohort salt",
    "attendance.AttendanceRecord": "id session seq source event_id based_on conflicting sealed previous_hash hash",
    "attendance.SignOff": "id session number deed seq head sealed key_id signature",
    "certificates.NumberSeries": "id series year last",
    "certificates.Certificate": "id uuid kind subject course_title modules minutes_planned academic_hour "
    "form_of_training places provider provider_line provider_number signatory_title funder_line edition sha256 created",
}

# --- Tables of libraries that point at people -------------------------------------------------------------------------

LIBRARIES: dict[str, Declaration] = {
    "account.EmailAddress": IDENTITY,
    "mfa.Authenticator": CREDENTIAL,
    "wagtailusers.UserProfile": declare("how the CMS looks for the person", ACCOUNT_LIFE, Erasure.DELETED),
    "wagtailadmin.EditingSession": declare("who edits at this moment", "an hour", Erasure.DELETED),
    "wagtailadmin.FormState": declare("an unsaved form", "a day", Erasure.DELETED),
    "wagtailcore.APIToken": CREDENTIAL,
    "wagtailcore.Page": AUTHOR,
    "wagtailcore.Revision": AUTHOR,
    "wagtailcore.PageLogEntry": BY_WHOM,
    "wagtailcore.ModelLogEntry": BY_WHOM,
    "wagtailcore.Comment": AUTHOR,
    "wagtailcore.CommentReply": AUTHOR,
    "wagtailcore.PageSubscription": declare("who is told of comments", ACCOUNT_LIFE, Erasure.DELETED),
    "wagtailcore.WorkflowState": AUTHOR,
    "wagtailcore.TaskState": AUTHOR,
    "wagtailcore.UploadedFile": AUTHOR,
    "wagtailimages.Image": AUTHOR,
    "wagtaildocs.Document": AUTHOR,
}


def declaration_of(model: str, field: str) -> Declaration | None:
    """Find what is declared about a field, `app.Model` and name; nothing if nobody has thought about it."""
    if personal := PERSONAL.get(model, {}).get(field):
        return personal
    return NONE if field in IMPERSONAL.get(model, "").split() else None
