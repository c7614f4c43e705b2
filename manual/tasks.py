"""What the worker does for the manual."""

from wagtail.models import Page

from django_tasks import task

from manual.selectors import Printed
from manual.services import print_in_background


@task()
def print_page(page_id: int) -> None:
    """Print a published page, if its text is not printed yet."""
    page = Page.objects.live().filter(pk=page_id).specific().first()
    if isinstance(page, Printed):
        print_in_background(page=page)
