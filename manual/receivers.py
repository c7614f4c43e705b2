"""What the manual does when a page is published."""

from django.db import transaction

from wagtail.models import Revision
from wagtail.signals import page_published

from manual.models import ChapterPage, KeyedPage, ScenarioPage
from manual.services import index_page
from manual.tasks import print_page


def index_on_publish(sender: type, instance: KeyedPage, **kwargs: object) -> None:
    if isinstance(instance, KeyedPage):
        index_page(page=instance)


def print_on_publish(sender: type, instance: ChapterPage | ScenarioPage, revision: Revision, **kwargs: object) -> None:
    def enqueue() -> None:
        print_page.enqueue(instance.pk)

    if revision.user_id:  # what a person has published; loading files prints nothing
        transaction.on_commit(enqueue, robust=True)


page_published.connect(index_on_publish, dispatch_uid="manual.index_on_publish")
page_published.connect(print_on_publish, sender=ChapterPage, dispatch_uid="manual.print_on_publish")
page_published.connect(print_on_publish, sender=ScenarioPage, dispatch_uid="manual.print_scenario_on_publish")
