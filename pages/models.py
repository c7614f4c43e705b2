"""The pages around the manual, and what every page may use: helplines, images, documents, site settings."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtail.models import Page
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from taggit.managers import TaggableManager

from pages.blocks import VoiceBlock

PLAIN_TEXT = ["h2", "h3", "bold", "italic", "link", "ol", "ul"]


class Image(AbstractImage):
    """An image with its description, which is also what screen readers and tagged PDFs say."""

    tags = TaggableManager(_("tags"), blank=True, help_text=None, related_name="site_images")
    admin_form_fields = WagtailImage.admin_form_fields

    class Meta(AbstractImage.Meta):
        default_related_name = "site_images"  # Wagtail's own, unused model has taken the plain name.
        verbose_name = _("image")
        verbose_name_plural = _("images")


class Rendition(AbstractRendition):
    """An image in one size."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="pages_rendition_once")
        ]


class Document(AbstractDocument):
    """An uploaded file, given out only through the checked view."""

    tags = TaggableManager(_("tags"), blank=True, help_text=None, related_name="site_documents")
    admin_form_fields = WagtailDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        default_related_name = "site_documents"
        verbose_name = _("document")
        verbose_name_plural = _("documents")


class BasePage(Page):
    """What every page of ours has: a summary for lists, search and sharing."""

    summary = models.TextField(
        _("summary"), blank=True, max_length=400, help_text=_("One or two sentences for lists and search.")
    )

    search_fields = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        abstract = True


class HomePage(BasePage):
    """The front door in one language."""

    headline = models.CharField(_("headline"), max_length=120)
    lead = models.TextField(_("lead"), max_length=400)
    voices = StreamField(
        [("voice", VoiceBlock())],
        verbose_name=_("voices"),
        blank=True,
        help_text=_("Two passages of the manual in other languages; they show that it speaks all three."),
    )
    origin = RichTextField(_("where this comes from"), features=["bold", "italic", "link"], blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("lead"),
        FieldPanel("summary"),
        FieldPanel("voices"),
        FieldPanel("origin"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    page_description = _("The front door of the site in one language.")

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class StandardPage(BasePage):
    """A plain page: about, accessibility, your data, pause and support."""

    class Foot(models.TextChoices):
        CARE = "care", _("Looking after yourself")
        ABOUT = "about", _("About")

    lead = models.TextField(_("lead"), max_length=400, blank=True)
    body = RichTextField(_("text"), features=PLAIN_TEXT)
    foot = models.CharField(
        _("column in the foot of every page"), max_length=10, choices=Foot.choices, blank=True, default=""
    )

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("summary"), FieldPanel("body")]
    promote_panels = [*Page.promote_panels, FieldPanel("foot")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    page_description = _("A plain page with a title, a lead and text.")

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")


@register_snippet
class Helpline(index.Indexed, models.Model):
    """One telephone line with the day somebody last checked it; shown on every page and in every print."""

    class Country(models.TextChoices):
        ROMANIA = "RO", _("Romania")
        NORWAY = "NO", _("Norway")
        BOTH = "", _("Romania and Norway")

    number = models.CharField(
        _("number"),
        max_length=30,
        validators=[RegexValidator(r"^\+?[0-9 ]{3,}$", _("Digits and spaces, with + in front if needed."))],
    )
    country = models.CharField(_("country"), max_length=2, choices=Country.choices, blank=True)
    label_en = models.CharField(_("label in English"), max_length=120)
    label_ro = models.CharField(_("label in Romanian"), max_length=120)
    label_nb = models.CharField(_("label in Norwegian"), max_length=120)
    checked_on = models.DateField(_("checked on"))
    in_footer = models.BooleanField(_("on every page"), default=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [
        FieldPanel("number"),
        FieldPanel("country"),
        MultiFieldPanel(
            [FieldPanel("label_en"), FieldPanel("label_ro"), FieldPanel("label_nb")], heading=_("What it is")
        ),
        FieldPanel("checked_on"),
        FieldPanel("in_footer"),
        FieldPanel("sort_order"),
    ]
    search_fields = [index.SearchField("label_en"), index.SearchField("number")]

    class Meta:
        verbose_name = _("helpline")
        verbose_name_plural = _("helplines")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.label_en}"


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """Who runs the site; printed on certificates, in footers and in e-mails."""

    provider_name = models.CharField(_("name of the provider"), max_length=200, blank=True)
    provider_line = models.CharField(
        _("line under the name"), max_length=200, blank=True, help_text=_("For example: training provider, Iași.")
    )
    provider_number = models.CharField(_("registration number"), max_length=60, blank=True)
    signatory_name = models.CharField(_("who signs certificates"), max_length=120, blank=True)
    signatory_title = models.CharField(_("title of who signs"), max_length=120, blank=True)
    contact_email = models.EmailField(_("contact"), blank=True)
    leave_url = models.URLField(_("where the leave-at-once link goes"), default="https://www.wikipedia.org/")

    class Meta:
        verbose_name = _("site settings")
