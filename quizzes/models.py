"""The question bank, quizzes, attempts frozen at their start, and the ledgers of answers and grades."""

import secrets
import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, Revision, RevisionMixin, TranslatableMixin
from wagtail.search import index

from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import TaggedItemBase

from accounts.ledger import LedgerModel
from pages.models import BasePage
from quizzes.blocks import OptionsBlock
from quizzes.questions import GradeRule, Kind, Option, Use

KEY = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Small letters, digits and single hyphens."))

USES = {Use.TEST.value: _("Test: asked in quizzes only"), Use.PRACTICE.value: _("Practice: may be shown anywhere")}
KINDS = {Kind.SINGLE.value: _("One right answer"), Kind.SEVERAL.value: _("Several right answers")}
GRADE_RULES = {GradeRule.BEST.value: _("The best attempt counts"), GradeRule.LAST.value: _("The last attempt counts")}


def new_key() -> str:
    """Draw the key of a question that was made in the editor."""
    return f"question-{secrets.token_hex(6)}"


def new_seed() -> str:
    """Draw what a paper is arranged by: as hard to guess as a password, because it hides which option is which."""
    return secrets.token_hex(16)


class TaggedQuestion(TaggedItemBase):
    """A word that a question can be found by."""

    content_object = ParentalKey("quizzes.Question", on_delete=models.CASCADE, related_name="tagged_items")


class Question(DraftStateMixin, RevisionMixin, TranslatableMixin, index.Indexed, ClusterableModel):
    """One question in one language; its translations share its key, its options' keys and what is right."""

    wagtail_reference_index_ignore = True  # it refers to no page, image or document; a bank makes a thousand of them

    key = models.CharField(_("key"), max_length=60, default=new_key, editable=False, db_index=True, validators=[KEY])
    use = models.CharField(_("use"), max_length=10, choices=USES, default=Use.TEST.value)
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS, default=Kind.SINGLE.value)
    module_key = models.CharField(_("module"), max_length=60, validators=[KEY], editable=False, db_index=True)
    chapter_key = models.CharField(
        _("chapter"),
        max_length=60,
        validators=[KEY],
        help_text=_("The key of the chapter that answers it, such as m01-1."),
    )
    anchor = models.CharField(
        _("section"),
        max_length=60,
        blank=True,
        validators=[KEY],
        help_text=_("The anchor of the section that answers it."),
    )
    prompt = models.TextField(_("question"), max_length=1200)
    options = StreamField(OptionsBlock(), verbose_name=_("options"))
    feedback = models.TextField(
        _("explanation"), max_length=1200, blank=True, help_text=_("Shown to everybody after the attempt.")
    )
    tags = ClusterTaggableManager(through=TaggedQuestion, blank=True, verbose_name=_("tags"))

    panels = [
        FieldPanel("prompt"),
        MultiFieldPanel([FieldPanel("use"), FieldPanel("kind")], heading=_("What kind of question")),
        FieldPanel("options"),
        FieldPanel("feedback"),
        MultiFieldPanel([FieldPanel("chapter_key"), FieldPanel("anchor")], heading=_("The passage that answers it")),
        FieldPanel("tags"),
    ]
    search_fields = [
        index.SearchField("prompt"),
        index.SearchField("key"),
        index.AutocompleteField("prompt"),
        index.FilterField("use"),
        index.FilterField("kind"),
        index.FilterField("module_key"),
        index.FilterField("locale"),
        index.FilterField("live"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["key", "locale"]

    def __str__(self) -> str:
        return self.prompt

    @property
    def option_values(self) -> list[Option]:
        """The options as plain values, read from the stored JSON without building blocks."""
        values = [block["value"] for block in self.options.raw_data]
        return [
            Option(
                value.get("key") or "",
                value.get("text") or "",
                right=bool(value.get("right")),
                feedback=value.get("feedback") or "",
            )
            for value in values
        ]


class Quiz(models.Model):
    """What a quiz asks and when it is passed. It decides and so has no language; its page is the translated face."""

    key = models.CharField(_("key"), max_length=60, unique=True, validators=[KEY])
    module_key = models.CharField(_("module"), max_length=60, validators=[KEY], db_index=True)
    draw = models.PositiveSmallIntegerField(_("questions drawn"), validators=[MinValueValidator(1)])
    picks = models.CharField(
        _("tag of its questions"),
        max_length=60,
        blank=True,
        validators=[KEY],
        help_text=_("Asks the questions with this tag, from every module, instead of drawing from one module's bank."),
    )
    threshold = models.PositiveSmallIntegerField(
        _("pass mark in percent"), validators=[MaxValueValidator(100)], help_text=_("0: taking it is enough.")
    )
    pause_hours = models.PositiveSmallIntegerField(_("hours between attempts"), default=0)
    max_attempts = models.PositiveSmallIntegerField(_("most attempts"), null=True, blank=True)
    time_limit = models.PositiveSmallIntegerField(_("time limit in minutes"), null=True, blank=True)
    shuffle = models.BooleanField(_("shuffle questions and options"), default=True)
    rule = models.CharField(_("which attempt counts"), max_length=10, choices=GRADE_RULES, default=GradeRule.BEST.value)

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class QuizPage(BasePage):
    """A quiz as it is presented in one language: the page an attempt starts from."""

    quiz = models.ForeignKey(
        Quiz, on_delete=models.PROTECT, related_name="faces", verbose_name=_("quiz"), editable=False
    )
    intro = models.TextField(_("introduction"), max_length=1200, blank=True)

    content_panels = [TitleFieldPanel("title"), FieldPanel("intro"), FieldPanel("summary")]
    parent_page_types = ["manual.ModulePage", "manual.ManualPage"]
    subpage_types: list[str] = []
    # A page without its quiz is nothing: both are made by loading the module's questions.
    is_creatable = False
    page_description = _("The page a quiz starts from.")

    class Meta:
        verbose_name = _("quiz page")
        verbose_name_plural = _("quiz pages")


class Attempt(models.Model):
    """One sitting of one trainee: the paper they were served, in the language they chose."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey("courses.Enrolment", on_delete=models.PROTECT, related_name="attempts")
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=64, default=new_seed)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    title = models.CharField(max_length=255, help_text="The quiz's title when the attempt was started.")
    edition = models.ForeignKey(
        "manual.Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="attempts"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    started = models.DateTimeField()
    deadline = models.DateTimeField(null=True, blank=True)
    closed = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["enrolment", "quiz", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "quiz"], condition=Q(state="open"), name="quizzes_attempt_open_once"
            ),
            models.UniqueConstraint(fields=["enrolment", "quiz", "number"], name="quizzes_attempt_number_once"),
            models.CheckConstraint(
                condition=Q(state="open", closed__isnull=True) | Q(state="closed", closed__isnull=False),
                name="quizzes_attempt_closed_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class AttemptItem(LedgerModel):
    """One question as it was served: the paper the trainee sees, and apart from it the key that marks it."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    question_key = models.CharField(max_length=60)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    paper = models.JSONField(help_text="Kind, prompt, chapter to read, options in served order under opaque ids.")
    key = models.JSONField(help_text="Right ids, feedback by id, explanation, passage; never served while open.")

    class Meta:
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="quizzes_item_position_once"),
            models.UniqueConstraint(fields=["attempt", "question_key"], name="quizzes_item_question_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.question_key}"


class AnswerEvent(LedgerModel):
    """An answer as it arrived; the counting row with the highest sequence is the answer."""

    class Outcome(models.TextChoices):
        SAVED = "saved", _("Saved")
        OLDER = "older", _("Older than an answer that was there; not counted")
        LATE = "late", _("Came after the attempt was closed; not counted")

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="events")
    item = models.ForeignKey(AttemptItem, on_delete=models.PROTECT, related_name="events")
    event_id = models.UUIDField()
    sequence = models.PositiveIntegerField()
    choices = models.JSONField()
    received = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "event_id"], name="quizzes_answer_event_once"),
            models.UniqueConstraint(
                fields=["item", "sequence"], condition=Q(outcome="saved"), name="quizzes_answer_sequence_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} #{self.sequence} {self.outcome}"


class Grade(LedgerModel):
    """What an attempt earned, with the rule and every verdict as they were seen; the latest row counts."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="grades")
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    rule = models.JSONField(help_text="Which attempt counts, the pass mark, and what counted after this grade.")
    verdicts = models.JSONField(help_text="By position: score as a fraction, and whether it was answered.")
    graded = models.DateTimeField()
    graded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("grade")
        verbose_name_plural = _("grades")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.percent}%"
