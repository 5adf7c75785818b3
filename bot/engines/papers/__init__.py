"""A postmortem on paper: everything a reader is to see of it, as one value, and what that value is written as."""

from bot.engines.papers.files import FileForm, file_name
from bot.engines.papers.markdown import as_markdown
from bot.engines.papers.paper import (
    Paper,
    PaperAction,
    PaperEntry,
    PaperIncident,
    PaperRemark,
    PaperResponder,
    PaperReviewer,
    PaperSection,
    as_plain,
    from_plain,
)
from bot.engines.papers.warnings import Warnings, warnings_of
from bot.engines.papers.words import file_stem, heading, moment, times

__all__ = [
    "FileForm",
    "Paper",
    "PaperAction",
    "PaperEntry",
    "PaperIncident",
    "PaperRemark",
    "PaperResponder",
    "PaperReviewer",
    "PaperSection",
    "Warnings",
    "as_markdown",
    "as_plain",
    "file_name",
    "file_stem",
    "from_plain",
    "heading",
    "moment",
    "times",
    "warnings_of",
]
