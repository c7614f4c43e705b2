"""Permanent names: one key in the files, one UUID on every machine."""

import re
from uuid import UUID, uuid5

NAMESPACE = UUID("6f0c1f5e-7a5b-5d0e-9c39-0b8f3a1d2c47")


def translation_key(key: str) -> UUID:
    """Name a page, quiz, question or term by its key, the same in every language and on every machine."""
    return uuid5(NAMESPACE, key)


def natural(number: str) -> list[int]:
    """Give the order of numbers such as 1.2 and 1.10."""
    return [int(part) for part in re.findall(r"\d+", number)]
