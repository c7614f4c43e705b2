"""The manual as text files: Markdown with front matter and directives, read into typed blocks and written back."""

from manual.text.keys import translation_key

__all__ = ["translation_key"]
