"""What happened, which requests were carried out already, and what was typed but could not be stored in its place."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from storage.models.base import json_column, new_id


class Counter(SQLModel, table=True):
    """The last number given out under a name; locked by whoever takes the next, so numbers have no gaps."""

    name: str = Field(primary_key=True)
    value: int


class Event(SQLModel, table=True):
    """Who did what to what, and how it looked before and after: the log behind `why` and a card's history.

    Either a person did it, or a program by its key, or, with neither, the clock or the command line.
    """

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    actor_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    key_id: str | None = Field(default=None, foreign_key="apikey.id")
    verb: str
    subject_id: str = Field(index=True)
    before: dict[str, Any] = Field(sa_column=json_column())
    after: dict[str, Any] = Field(sa_column=json_column())


class Receipt(SQLModel, table=True):
    """A request that was carried out, by its key; what Slack sends twice finds it and is not done again."""

    key: str = Field(primary_key=True)
    outcome: str
    at: datetime


class Draft(SQLModel, table=True):
    """Text that a person typed into a form and that is not in its place yet: waiting for their word, or refused."""

    id: str = Field(default_factory=new_id, primary_key=True)
    user_id: str = Field(foreign_key="person.id", index=True)
    form: str
    subject: str
    # Not JSONB: what was typed is kept byte for byte, even characters that PostgreSQL's JSONB refuses.
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    why: str
    at: datetime
