"""The templates a postmortem can begin with: its sections, in order, each with a question to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TemplateSection:
    """One section. `key` is what people type; `prompt` is shown while the section is empty."""

    key: str
    title: str
    prompt: str


@dataclass(frozen=True, slots=True)
class Template:
    """A named list of sections."""

    key: str
    name: str
    sections: tuple[TemplateSection, ...]


DEFAULT = Template(
    key="default",
    name="Default",
    sections=(
        TemplateSection(
            "leadup", "Leadup", "What led to the incident? Name the changes and events before it, with their times."
        ),
        TemplateSection("fault", "Fault", "What failed, and how did people notice that it did not work as it should?"),
        TemplateSection(
            "detection", "Detection", "When and how was it found? What would have shown it sooner, and to whom?"
        ),
        TemplateSection(
            "root-causes",
            "Root causes",
            "Why could it happen? Keep asking why until the answer is something to change.",
        ),
    ),
)
"""The sections of Opsgenie's default template."""

TEMPLATES: Mapping[str, Template] = {DEFAULT.key: DEFAULT}
"""Every template, by key."""
