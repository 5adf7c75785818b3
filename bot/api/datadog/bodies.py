"""What Datadog's clients send."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.api.bounds import AtMost
from bot.api.markdown import LONGEST

MOST_CELLS = 1_000
Markdown = Annotated[str, Field(max_length=LONGEST)]


class Sent(BaseModel):
    """An object in a body. Fields that nobody knows are not looked at."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class CellDefinition(Sent):
    """What a cell says."""

    content: Markdown | None = None


class CellAttributes(Sent):
    """What a cell is made of."""

    definition: CellDefinition | None = None


class Cell(Sent):
    """A cell of a notebook. Its id is not kept; one that says nothing adds nothing."""

    type: Literal["markdown"] = "markdown"
    attributes: CellAttributes | None = None

    @property
    def content(self) -> str:
        """What it says."""
        definition = self.attributes.definition if self.attributes else None
        return (definition.content if definition else None) or ""


class Attributes(Sent):
    """A postmortem: its document is the content and the cells, in this order."""

    title: str | None = None
    content: Markdown | None = None
    cells: Annotated[list[Cell], AtMost(MOST_CELLS)] | None = None
    postmortem_template_id: str | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """The pieces of Markdown that say something, in order."""
        return tuple(each for each in self._said() if each.strip())

    @model_validator(mode="after")
    def _is_not_too_long(self) -> Attributes:
        if sum(map(len, self._said())) > LONGEST:
            raise ValueError(f"The content and the cells: at most {LONGEST:,} characters together.")
        return self

    def _said(self) -> Iterator[str]:
        yield self.content or ""
        yield from (cell.content for cell in self.cells or ())


class Data(Sent):
    """The attachment."""

    type: Literal["incident_attachments"]
    attributes: Attributes


class AttachmentBody(Sent):
    """A postmortem to be attached to an incident."""

    data: Data
