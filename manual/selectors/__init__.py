"""Reads of the manual."""

from manual.selectors.texts import content_digest, text_of

__all__ = ["content_digest", "text_of"]
