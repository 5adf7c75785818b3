"""Incidents and the services they strike."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel, String

from bot.vocabulary import IncidentRole, IncidentStatus, ResponderKind, Severity
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
    """What went wrong; postmortems stand on one. People see `INC-7`, its number.

    `details` are names and texts that programs give it, `status_page` what they told a status page, as it was sent.
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    number: int = Field(unique=True)
    message: str
    message_key: str = Field(description="the message as it is searched, see `name_key`")
    priority: Severity = Field(sa_type=String)
    status: IncidentStatus = Field(default=IncidentStatus.OPEN, sa_type=String)
    description: str = ""
    tags: list[str] = Field(default_factory=list, sa_column=json_column())
    details: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
    status_page: dict[str, Any] | None = Field(default=None, sa_column=json_column(nullable=True))
    owner_team_id: str | None = Field(default=None, foreign_key="team.id", index=True)
    started_at: datetime = Field(index=True)
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    created_at: datetime = Field(index=True)
    created_by: str | None = Field(default=None, foreign_key="person.id")
    updated_at: datetime
    channel: str | None = Field(default=None, description="Slack's id of where its card is")
    has_own_channel: bool = False


class ImpactedService(SQLModel, table=True):
    """A service that an incident strikes."""

    incident_id: str = Field(foreign_key="incident.id", primary_key=True)
    service_id: str = Field(foreign_key="service.id", primary_key=True, index=True)


class IncidentResponder(SQLModel, table=True):
    """Who was called to an incident: a person or a team, in the order in which they were."""

    incident_id: str = Field(foreign_key="incident.id", primary_key=True)
    kind: ResponderKind = Field(sa_type=String, primary_key=True)
    responder_id: str = Field(primary_key=True, index=True)
    position: int


class IncidentPart(SQLModel, table=True):
    """What somebody does in an incident; each role is one person's."""

    incident_id: str = Field(foreign_key="incident.id", primary_key=True)
    role: IncidentRole = Field(sa_type=String, primary_key=True)
    user_id: str = Field(foreign_key="person.id", index=True)


class IncidentNote(SQLModel, table=True):
    """Something that was written to an incident; `author` is a person's name or a key's."""

    id: int | None = Field(default=None, primary_key=True)
    incident_id: str = Field(foreign_key="incident.id", index=True)
    text: str
    author: str
    at: datetime


class FinishedRequest(SQLModel, table=True):
    """A change that a program asked for and asks about later; it is done when its answer leaves.

    Programs may choose the ids of their requests: two keys may have chosen the same.
    """

    key_id: str = Field(foreign_key="apikey.id", primary_key=True)
    id: str = Field(primary_key=True, index=True, description="the id that the answer carried")
    action: str
    subject_id: str = Field(index=True, description="the incident or the alert; empty where there is none")
    alias: str = ""
    is_success: bool
    status: str
    at: datetime = Field(index=True)
