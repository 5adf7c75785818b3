"""The templates a postmortem can begin with: Markdown whose headings are sections and whose texts are questions."""

from __future__ import annotations

from bot.engines.templates.built_in import BUILT_IN, DEFAULT
from bot.engines.templates.markdown import (
    MOST_CHARACTERS,
    NAME_CHARACTERS,
    Template,
    TemplateSection,
    key_of,
    parse,
    to_markdown,
)

__all__ = [
    "BUILT_IN",
    "DEFAULT",
    "MOST_CHARACTERS",
    "NAME_CHARACTERS",
    "Template",
    "TemplateSection",
    "key_of",
    "parse",
    "to_markdown",
]
