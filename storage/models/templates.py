"""What postmortems begin with: versioned Markdown whose headings become sections and whose texts become prompts."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from storage.models.base import Versioned, new_id


class Template(Versioned, table=True):
    """A named template. `key` is what people type, `latest` the number of its newest text; names as in `Schedule`."""

    id: str = Field(default_factory=new_id, primary_key=True)
    key: str = Field(unique=True)
    name: str
    latest: int
    created_at: datetime
    removed_at: datetime | None = Field(default=None, description="from then on it cannot be chosen")


class TemplateVersion(SQLModel, table=True):
    """The text of a template as it was from some day on."""

    __table_args__ = (UniqueConstraint("template_id", "number"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    template_id: str = Field(foreign_key="template.id", index=True)
    number: int
    markdown: str
    created_at: datetime
    created_by: str | None = Field(default=None, foreign_key="person.id", description="None: it came with Watchbill")
