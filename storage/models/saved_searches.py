"""Queries for alerts that programs keep under a name."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.models.base import json_column, new_id


class SavedSearch(SQLModel, table=True):
    """A query and its name. `team_id` is the team of the key that keeps it; `owner_id` and `teams` are whose programs
    say it is, which opens nothing to anybody.
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str = Field(unique=True)
    description: str = ""
    query: str
    team_id: str | None = Field(default=None, foreign_key="team.id", index=True)
    owner_id: str | None = None
    teams: list[str] = Field(default_factory=list, sa_column=json_column())
    created_at: datetime
    updated_at: datetime
