"""Alerts: signals of programs and people, whom they are brought to, and what of them is still to be done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel, String

from bot.vocabulary import AlertResponderKind, AlertStatus, AlertStep, RecipientState, Severity
from storage.models.base import json_column, new_id


class Alert(SQLModel, table=True):
    """A signal. `number` is what people and programs call it (`tinyId`); numbers may have gaps.

    Of an alias one alert is open at most within an `alias_scope`: the team of the key it came by, empty for all others.
    The same again raises its `count`. `visible_to` and `actions` are kept as they were sent. `policy_trail` is what the
    policies made of it (bot/engines/policies), `deduplication` and `recent` the rule by which its people are told again
    and the last times it came, as far as that rule asks for them.
    """

    __table_args__ = (
        Index(
            "uq_alert_open_alias",
            "alias",
            "alias_scope",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
        Index("ix_alert_alias", text("lower(alias)")),
        Index("ix_alert_listed", "created_at", "number"),
        Index("ix_alert_standing", "status", "acknowledged", "created_at"),
        Index("ix_alert_of_team", "owner_team_id", "created_at"),
        {"sqlite_autoincrement": True},
    )

    number: int | None = Field(default=None, primary_key=True)
    id: str = Field(default_factory=new_id, unique=True)
    alias: str
    alias_scope: str = ""
    message: str
    description: str = ""
    entity: str = ""
    source: str = ""
    priority: Severity = Field(sa_type=String)
    status: AlertStatus = Field(default=AlertStatus.OPEN, sa_type=String)
    acknowledged: bool = False
    is_seen: bool = False
    snoozed_until: datetime | None = None
    count: int = 1
    tags: list[str] = Field(default_factory=list, sa_column=json_column())
    details: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
    actions: list[str] = Field(default_factory=list, sa_column=json_column())
    visible_to: list[dict[str, Any]] = Field(default_factory=list, sa_column=json_column())
    owner_id: str | None = Field(default=None, foreign_key="person.id")
    owner_team_id: str | None = Field(default=None, foreign_key="team.id")
    key_id: str | None = Field(default=None, foreign_key="apikey.id", description="the program it came from")
    created_by: str | None = Field(default=None, foreign_key="person.id", description="who paged, in Slack")
    policy_trail: list[dict[str, Any]] = Field(default_factory=list, sa_column=json_column())
    deduplication: dict[str, Any] | None = Field(default=None, sa_column=json_column(nullable=True))
    recent: list[str] = Field(default_factory=list, sa_column=json_column())
    channel: str | None = Field(default=None, description="Slack's id of where its message is")
    created_at: datetime
    updated_at: datetime
    last_occurred_at: datetime
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = Field(default=None, description="a name, as reports give it")
    closed_at: datetime | None = None
    closed_by: str | None = None


class AlertResponder(SQLModel, table=True):
    """Whom an alert is brought to, in the order in which they were named."""

    alert_number: int = Field(foreign_key="alert.number", primary_key=True, ondelete="CASCADE")
    kind: AlertResponderKind = Field(sa_type=String, primary_key=True)
    responder_id: str = Field(primary_key=True, index=True)
    position: int


class AlertRecipient(SQLModel, table=True):
    """A person who was told of an alert, and what they did."""

    alert_number: int = Field(foreign_key="alert.number", primary_key=True, ondelete="CASCADE")
    user_id: str = Field(foreign_key="person.id", primary_key=True, index=True)
    state: RecipientState = Field(sa_type=String)
    created_at: datetime
    updated_at: datetime


class AlertNote(SQLModel, table=True):
    """Something that was written to an alert; `author` is a person's name or a key's."""

    id: int | None = Field(default=None, primary_key=True)
    alert_number: int = Field(foreign_key="alert.number", index=True, ondelete="CASCADE")
    text: str
    author: str
    at: datetime


class AlertTimer(SQLModel, table=True):
    """Something that is to be done about an alert at an instant, once: whoever does it deletes the row with it.

    `details` is what the step needs to know; it is done as things stand then.
    """

    id: int | None = Field(default=None, primary_key=True)
    alert_number: int = Field(foreign_key="alert.number", index=True, ondelete="CASCADE")
    step: AlertStep = Field(sa_type=String)
    due_at: datetime = Field(index=True)
    details: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())


class IncidentAlert(SQLModel, table=True):
    """An alert that belongs to an incident."""

    incident_id: str = Field(foreign_key="incident.id", primary_key=True)
    alert_number: int = Field(foreign_key="alert.number", primary_key=True, index=True, ondelete="CASCADE")
    at: datetime
