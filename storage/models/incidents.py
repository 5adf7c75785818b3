"""Incidents and the services they strike."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel, String

from bot.vocabulary import IncidentStatus, Severity
from storage.models.base import json_column, new_id


class Service(SQLModel, table=True):
    """Something that can be affected by an incident. `visibility` is kept as programs send it."""

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    name_key: str = Field(unique=True)
    team_id: str | None = Field(default=None, foreign_key="team.id", index=True)
    description: str = ""
    tags: list[str] = Field(default_factory=list, sa_column=json_column())
    visibility: str = "OPSGENIE_USERS"


class Incident(SQLModel, table=True):
    """What went wrong; every postmortem stands on one. People see `INC-7`, its number."""

    id: str = Field(default_factory=new_id, primary_key=True)
    number: int = Field(unique=True)
    message: str
    message_key: str = Field(description="the message as it is searched, see `name_key`")
    priority: Severity = Field(sa_type=String)
    status: IncidentStatus = Field(default=IncidentStatus.OPEN, sa_type=String)
    started_at: datetime = Field(index=True)
    resolved_at: datetime | None = None
    created_at: datetime
