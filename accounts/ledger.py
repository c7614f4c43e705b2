"""Rows that are written once: an abstract model that refuses to change or forget."""

from typing import Any, NoReturn

from django.db import models


class LedgerError(TypeError):
    """Raised when something tries to change or delete a row of a ledger."""


class LedgerQuerySet(models.QuerySet):
    """A query set that reads and adds, and does nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise LedgerError("Rows of a ledger are never changed; add a newer row.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LedgerError("Rows of a ledger are never changed; add a newer row.")

    def delete(self) -> NoReturn:
        raise LedgerError("Rows of a ledger are never deleted; erasure has its own door.")


class LedgerModel(models.Model):
    """A row that states what happened and stays as written."""

    objects = LedgerQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise LedgerError("Rows of a ledger are never changed; add a newer row.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LedgerError("Rows of a ledger are never deleted; erasure has its own door.")
