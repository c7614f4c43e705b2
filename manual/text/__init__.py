"""The manual as text files: Markdown with front matter and directives, read into typed blocks and written back."""

from manual.text.document import Text, read_text, write_text
from manual.text.errors import BrokenTextError, Problem
from manual.text.keys import natural, translation_key

__all__ = ["BrokenTextError", "Problem", "Text", "natural", "read_text", "translation_key", "write_text"]
