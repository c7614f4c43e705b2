"""The question bank in the admin."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

import django_filters
from taggit.models import Tag

from quizzes.forms import QuestionForm
from quizzes.models import KINDS, USES, Question


def module_choices():
    keys = Question.objects.order_by("module_key").values_list("module_key", flat=True).distinct()
    return [(key, key) for key in keys]


def tags_in_use(request):
    return Tag.objects.filter(quizzes_taggedquestion_items__isnull=False).distinct()


class QuestionFilterSet(WagtailFilterSet):
    """What the bank is sifted by."""

    module_key = django_filters.ChoiceFilter(label=_("Module"), choices=module_choices)
    use = django_filters.ChoiceFilter(label=_("Use"), choices=list(USES.items()))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=list(KINDS.items()))
    tag = django_filters.ModelChoiceFilter(label=_("Tag"), field_name="tagged_items__tag", queryset=tags_in_use)

    class Meta:
        model = Question
        fields = ["module_key", "use", "kind", "tag"]


class QuestionViewSet(SnippetViewSet):
    """Questions: words, options, what is right, and the passage that answers."""

    model = Question
    icon = "help"
    menu_label = _("Questions")
    menu_name = "questions"
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["key", "__str__", "kind", "use", "chapter_key", "live"]
    list_per_page = 50
    filterset_class = QuestionFilterSet
    copy_view_enabled = False
    edit_handler = ObjectList(Question.panels, base_form_class=QuestionForm)
