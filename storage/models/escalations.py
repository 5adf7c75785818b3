"""Whom an alert is brought to: a team's routing rules, and escalations step by step."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from storage.models.base import json_column, new_id


class Escalation(SQLModel, table=True):
    """Who is told, and who next when nobody answers.

    `rules` is a list of `{"condition", "notify_type", "delay_minutes", "recipient": {"type", "id"}}` in order, `repeat`
    an object `{"wait_interval", "count", "reset_recipient_states", "close_alert_after_all"}` or null.
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str = Field(unique=True)
    description: str = ""
    team_id: str | None = Field(default=None, foreign_key="team.id", index=True)
    rules: list[dict[str, Any]] = Field(sa_column=json_column())
    repeat: dict[str, Any] | None = Field(default=None, sa_column=json_column(nullable=True))
    created_at: datetime


class RoutingRule(SQLModel, table=True):
    """Which escalation or schedule an alert of a team goes to; the first that matches, in order of `position`.

    `criteria` and `restriction` are kept in the form of the API, `notify_type` is none, escalation or schedule.
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str = Field(foreign_key="team.id", index=True)
    name: str
    position: int
    is_default: bool = False
    timezone: str | None = None
    criteria: dict[str, Any] = Field(sa_column=json_column())
    restriction: dict[str, Any] | None = Field(default=None, sa_column=json_column(nullable=True))
    notify_type: str
    notify_id: str | None = None


class TeamOwnRole(SQLModel, table=True):
    """A role that a team has made up for its members; `rights` are kept as programs send them."""

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str = Field(foreign_key="team.id", index=True)
    name: str
    rights: list[dict[str, Any]] = Field(sa_column=json_column())
