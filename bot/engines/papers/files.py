"""The forms in which a paper is taken along, and what its files are called."""

from __future__ import annotations

from enum import StrEnum

from bot.engines.papers.paper import Paper
from bot.engines.papers.words import file_stem


class FileForm(StrEnum):
    """A form of file, by how its name ends."""

    MARKDOWN = "md"
    HTML = "html"
    JSON = "json"
    PDF = "pdf"

    @property
    def words(self) -> str:
        """What people call it."""
        return "Markdown" if self is FileForm.MARKDOWN else self.upper()


def file_name(paper: Paper, form: FileForm) -> str:
    """`PM-12-checkout-down.md`."""
    return f"{file_stem(paper)}.{form}"
