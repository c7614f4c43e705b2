"""What the admin views of all apps share."""

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wagtail.admin.views.generic import DeleteView


class CarefulDeleteView(DeleteView):
    """Deletes what nothing hangs on; says what to do instead where records do."""

    def form_valid(self, form: object) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(
                self.request,
                _("“%(thing)s” cannot be deleted: records hang on it. Nothing was changed.") % {"thing": self.object},
            )
            return redirect(self.get_success_url())
