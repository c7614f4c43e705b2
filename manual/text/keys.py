"""Permanent names: one key in the files, one UUID on every machine."""

from uuid import UUID, uuid5

NAMESPACE = UUID("6f0c1f5e-7a5b-5d0e-9c39-0b8f3a1d2c47")


def translation_key(key: str) -> UUID:
    """Name a page, quiz, question or term by its key, the same in every language and on every machine."""
    return uuid5(NAMESPACE, key)
