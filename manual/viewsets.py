"""The glossary in the admin."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from manual.models import GlossaryTerm


class GlossaryTermViewSet(SnippetViewSet):
    """Terms in three languages, side by side."""

    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    menu_name = "glossary"
    menu_order = 240
    add_to_admin_menu = True
    list_display = ["key", "term_en", "term_ro", "term_nb"]
    list_per_page = 50
    copy_view_enabled = False
    panels = [
        FieldPanel("key"),
        MultiFieldPanel([FieldPanel("term_en"), FieldPanel("term_ro"), FieldPanel("term_nb")], heading=_("Term")),
        MultiFieldPanel(
            [FieldPanel("definition_en"), FieldPanel("definition_ro"), FieldPanel("definition_nb")],
            heading=_("What it means"),
        ),
    ]
