"""Schedules, their rotations with all their past versions, and the overrides laid over them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel, String

from bot.vocabulary import RotationType, TurnCounting
from storage.models.base import Versioned, json_column, new_id


class Schedule(Versioned, table=True):
    """A name, a zone, on or off, and an ordered list of rotations."""

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    name_key: str = Field(unique=True)
    timezone: str
    enabled: bool = True
    team_id: str | None = Field(default=None, foreign_key="team.id", index=True)
    created_at: datetime


class Rotation(SQLModel, table=True):
    """A rotation keeps its id through every edit; what it says at a time is in its versions."""

    id: str = Field(default_factory=new_id, primary_key=True)
    schedule_id: str = Field(foreign_key="schedule.id", index=True)
    name: str
    position: int
    closed_at: datetime | None = Field(default=None, description="from then on it is gone")


class RotationVersion(SQLModel, table=True):
    """What a rotation says from `holds_from` until the next version; the first holds since ever (null).

    `participants` is a list of `{"type", "id"}`, `restriction` an Opsgenie-like object or null. The last four say how
    its turns are counted after an edit (engines/rotation): the hand-off that was running then is turn 0 and belongs to
    that place of the roster.
    """

    rotation_id: str = Field(foreign_key="rotation.id", primary_key=True)
    sequence: int = Field(primary_key=True)
    holds_from: datetime | None = None
    start: datetime
    end: datetime | None = None
    type: RotationType = Field(sa_type=String)
    length: int
    participants: list[dict[str, Any]] = Field(sa_column=json_column())
    restriction: dict[str, Any] | None = Field(default=None, sa_column=json_column(nullable=True))
    turns: TurnCounting = Field(default=TurnCounting.ALL, sa_type=String)
    counted_from: datetime | None = None
    place: int = 0
    skipped_seconds: int = 0
    timezone: str | None = None


class ChannelLink(SQLModel, table=True):
    """A schedule that belongs to a channel: it comes first when somebody there asks who is on call."""

    channel: str = Field(primary_key=True, description="Slack's id")
    schedule_id: str = Field(foreign_key="schedule.id", primary_key=True, index=True)
    created_at: datetime
    created_by: str = Field(foreign_key="person.id")


class Override(SQLModel, table=True):
    """A person (or nobody, when null) laid over rotations for an interval; the later created wins."""

    id: str = Field(default_factory=new_id, primary_key=True)
    schedule_id: str = Field(foreign_key="schedule.id", index=True)
    user_id: str | None = Field(default=None, foreign_key="person.id")
    start: datetime
    end: datetime = Field(index=True)
    rotation_ids: list[str] = Field(sa_column=json_column())
    sequence: int
    created_by: str | None = Field(default=None, foreign_key="person.id")
    created_at: datetime
