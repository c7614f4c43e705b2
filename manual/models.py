"""The manual: its pages, its dated editions, its prints, and what is known about the files it came from."""

import secrets
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, Revision
from wagtail.search import index

from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase

from manual.blocks import BodyBlock, ClosingBlock, IntroductionBlock, StepsBlock, refusal
from manual.text import scenario, translation_key
from pages.models import BasePage

KEY = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Small letters, digits and single hyphens."))


def new_key() -> str:
    """Draw the key of a page that was made in the editor."""
    return f"page-{secrets.token_hex(6)}"


class Review(models.TextChoices):
    """Who has read a text beside its author; raised only by a named person."""

    NONE = "none", _("Not yet reviewed by a practitioner")
    LAWYER = "lawyer", _("Reviewed by a lawyer")
    CLINICIAN = "clinician", _("Reviewed by a clinician")
    PRACTITIONER = "practitioner", _("Reviewed by a practitioner")


class KeyedPage(BasePage):
    """A page of the manual with the permanent key that files, evidence and prints know it by."""

    key = models.CharField(_("key"), max_length=60, default=new_key, editable=False, db_index=True, validators=[KEY])

    promote_panels = [*BasePage.promote_panels, FieldPanel("key", read_only=True)]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        # A page made in the editor, or copied, has a translation key that is not its key's: it gets a new key.
        # Wagtail keeps (translation_key, locale) unique, and so the key is unique in its language.
        if self._state.adding and self.translation_key != translation_key(self.key):
            self.key = new_key()
            self.translation_key = translation_key(self.key)


class ReviewedPage(KeyedPage):
    """A text whose law and figures are checked again by a date."""

    minutes = models.PositiveSmallIntegerField(_("study time in minutes"), default=45)
    reviewed = models.DateField(_("law and figures checked on"), default=date.today)
    review_due = models.DateField(_("next check due"), null=True, blank=True)
    review = models.CharField(_("review"), max_length=20, choices=Review.choices, default=Review.NONE)
    made_from = models.JSONField(
        default=dict, blank=True, editable=False, help_text="Of each translated block: its source block and digest."
    )

    review_panels = [
        MultiFieldPanel(
            [FieldPanel("reviewed"), FieldPanel("review_due"), FieldPanel("review")], heading=_("Checks and reviews")
        )
    ]

    class Meta:
        abstract = True


class ManualPage(KeyedPage):
    """The manual in one language: the contents page over its modules."""

    standfirst = models.TextField(_("standfirst"), max_length=400, blank=True)

    content_panels = [TitleFieldPanel("title"), FieldPanel("standfirst"), FieldPanel("summary")]
    parent_page_types = ["pages.HomePage"]
    page_description = _("The contents page of the manual in one language.")

    class Meta:
        verbose_name = _("manual")
        verbose_name_plural = _("manuals")


class ModulePage(ReviewedPage):
    """A module: an introduction over its chapters."""

    number = models.PositiveSmallIntegerField(_("number"))
    needs = models.CharField(
        _("read before"),
        max_length=200,
        blank=True,
        help_text=_("Keys of modules, separated by commas, such as m01, m03."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("introduction"), blank=True)

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("number"),
        FieldPanel("summary"),
        FieldPanel("minutes"),
        FieldPanel("needs"),
        FieldPanel("body"),
        *ReviewedPage.review_panels,
    ]
    search_fields = [*KeyedPage.search_fields, index.SearchField("body")]
    parent_page_types = ["manual.ManualPage"]
    page_description = _("A module: an introduction over its chapters.")

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")


class TaggedChapter(TaggedItemBase):
    """A word that a chapter can be found by."""

    content_object = ParentalKey("manual.ChapterPage", on_delete=models.CASCADE, related_name="tagged_items")


class ChapterPage(ReviewedPage):
    """A chapter: one sitting of reading, made of typed blocks."""

    number = models.CharField(_("number"), max_length=10)
    standfirst = models.TextField(_("standfirst"), max_length=400, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"))
    tags = ClusterTaggableManager(through=TaggedChapter, blank=True)

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("number"),
        FieldPanel("standfirst"),
        FieldPanel("minutes"),
        FieldPanel("body"),
        FieldPanel("tags"),
        *ReviewedPage.review_panels,
    ]
    search_fields = [*KeyedPage.search_fields, index.SearchField("standfirst"), index.SearchField("body")]
    parent_page_types = ["manual.ModulePage"]
    subpage_types = []
    page_description = _("A chapter: one sitting of reading.")

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")


class ScenarioPage(ReviewedPage):
    """A practice scenario: a conversation in steps, with choices that have consequences, and a debriefing."""

    standfirst = models.TextField(_("standfirst"), max_length=400, blank=True)
    introduction = StreamField(IntroductionBlock(), verbose_name=_("introduction"), blank=True)
    steps = StreamField(StepsBlock(), verbose_name=_("steps"))
    debriefing = StreamField(ClosingBlock(), verbose_name=_("debriefing"))

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("standfirst"),
        FieldPanel("minutes"),
        FieldPanel("introduction"),
        FieldPanel("steps"),
        FieldPanel("debriefing"),
        *ReviewedPage.review_panels,
    ]
    search_fields = [
        *KeyedPage.search_fields,
        index.SearchField("standfirst"),
        index.SearchField("introduction"),
        index.SearchField("steps"),
        index.SearchField("debriefing"),
    ]
    parent_page_types = ["manual.ModulePage"]
    subpage_types = []
    page_description = _("A conversation in which the reader decides what to do.")

    class Meta:
        verbose_name = _("practice scenario")
        verbose_name_plural = _("practice scenarios")

    def clean(self) -> None:
        super().clean()
        faults = scenario.faults(self.shape) if self.steps else []
        if faults:
            raise ValidationError({"steps": refusal(faults)})

    @property
    def shape(self) -> list[scenario.Step]:
        """Give the steps as the rules see them."""
        return [
            scenario.Step(step.value["anchor"], tuple(choice["target"] for choice in step.value["choices"]))
            for step in self.steps
        ]


class Edition(models.Model):
    """A dated, frozen state of the manual in all its languages."""

    manual_key = models.CharField(_("manual"), max_length=60, validators=[KEY])
    number = models.CharField(_("number"), max_length=20)
    date = models.DateField(_("date"))

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-date", "-pk"]
        constraints = [models.UniqueConstraint(fields=["manual_key", "number"], name="manual_edition_once")]

    def __str__(self) -> str:
        return f"{self.number} ({self.date.isoformat()})"


class EditionEntry(models.Model):
    """One page of an edition, as it was published."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="entries")
    translation_key = models.UUIDField()
    locale = models.ForeignKey(Locale, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=255)
    body = models.JSONField()

    class Meta:
        verbose_name = _("page of an edition")
        verbose_name_plural = _("pages of an edition")
        constraints = [
            models.UniqueConstraint(fields=["edition", "translation_key", "locale"], name="manual_edition_entry_once")
        ]

    def __str__(self) -> str:
        return self.title


class Print(models.Model):
    """One stored PDF, known by the stamp of everything that went into it."""

    stamp = models.CharField(max_length=64, unique=True)
    page_key = models.UUIDField(db_index=True)
    variant = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    file = models.FileField(upload_to="prints/%Y/%m/")
    size = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    revisions = models.JSONField(default=list)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="prints")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("print")
        verbose_name_plural = _("prints")
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.stamp[:12]


class LoadedFile(models.Model):
    """What a file and its page looked like when the file was last loaded: how the loader tells who has changed what."""

    key = models.CharField(max_length=60)
    language = models.CharField(max_length=5)
    path = models.CharField(max_length=255)
    file_digest = models.CharField(max_length=64)
    page_digest = models.CharField(max_length=64)
    loaded = models.DateTimeField()

    class Meta:
        verbose_name = _("loaded file")
        verbose_name_plural = _("loaded files")
        constraints = [models.UniqueConstraint(fields=["key", "language"], name="manual_loaded_file_once")]

    def __str__(self) -> str:
        return self.path


class GlossaryTerm(index.Indexed, models.Model):
    """One term of the glossary in every language; texts name it by its key."""

    key = models.CharField(_("key"), max_length=55, unique=True, validators=[KEY], help_text=_("For example: referral"))
    term_en = models.CharField(_("term in English"), max_length=120)
    term_ro = models.CharField(_("term in Romanian"), max_length=120)
    term_nb = models.CharField(_("term in Norwegian"), max_length=120)
    definition_en = models.TextField(_("what it means, in English"), max_length=600)
    definition_ro = models.TextField(_("what it means, in Romanian"), max_length=600)
    definition_nb = models.TextField(_("what it means, in Norwegian"), max_length=600)

    search_fields = [
        index.SearchField("term_en"),
        index.SearchField("term_ro"),
        index.SearchField("term_nb"),
        index.SearchField("key"),
    ]

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.term_en


class SearchEntry(models.Model):
    """A live page as search sees it: folded, so that "asistenta" finds "asistență" on every database."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+", primary_key=True)
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    title = models.TextField()
    text = models.TextField()
    folded_title = models.TextField()
    folded_text = models.TextField()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self) -> str:
        return self.title
