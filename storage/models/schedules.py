"""Schedules, their rotations with all their past versions, and the overrides laid over them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel, String

from bot.vocabulary import ParticipantKind, RotationType, TurnCounting
from storage.models.base import Versioned, json_column, new_id


class Schedule(Versioned, table=True):
    """A name, a zone, on or off, and an ordered list of rotations.

    Programs tell names apart by their very letters; people find them by `name_key`, which two may share. `off_since` is
    when it was switched off last; null where it is on, or was off from the beginning.
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str = Field(unique=True)
    name_key: str = Field(index=True)
    description: str = ""
    timezone: str
    enabled: bool = True
    off_since: datetime | None = None
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
    """Somebody laid over rotations for an interval; the later created wins.

    `kind` says which of the three ids names them; for `none`, which puts nobody, all three are null.
    """

    __table_args__ = (UniqueConstraint("schedule_id", "alias"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    schedule_id: str = Field(foreign_key="schedule.id", index=True)
    alias: str = Field(default_factory=new_id, description="how programs name it")
    kind: ParticipantKind = Field(default=ParticipantKind.USER, sa_type=String)
    user_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    team_id: str | None = Field(default=None, foreign_key="team.id", index=True)
    escalation_id: str | None = Field(default=None, foreign_key="escalation.id", index=True)
    start: datetime
    end: datetime = Field(index=True)
    rotation_ids: list[str] = Field(sa_column=json_column())
    sequence: int
    created_by: str | None = Field(default=None, foreign_key="person.id")
    created_at: datetime


class Forwarding(SQLModel, table=True):
    """One person's duty passed to another for an interval, in every schedule; of two at once the later one counts."""

    id: str = Field(default_factory=new_id, primary_key=True)
    alias: str = Field(default_factory=new_id, unique=True, description="how programs name it")
    from_user_id: str = Field(foreign_key="person.id", index=True)
    to_user_id: str = Field(foreign_key="person.id", index=True)
    start: datetime
    end: datetime = Field(index=True)
    sequence: int
    created_at: datetime


class FeedLink(SQLModel, table=True):
    """The secret part of a calendar feed's address: whoever has it may read that feed, and nothing else."""

    __table_args__ = (UniqueConstraint("user_id", "schedule_id"),)

    token: str = Field(primary_key=True)
    user_id: str = Field(foreign_key="person.id")
    schedule_id: str = Field(default="", description="of a schedule's feed; empty: of the person's own shifts")
    created_at: datetime


class PublishedShift(SQLModel, table=True):
    """A shift as calendars were last told of it, so that they can be told of its change or its end too."""

    __table_args__ = (Index("ix_publishedshift_schedule_time", "schedule_id", "start"),)

    uid: str = Field(primary_key=True)
    schedule_id: str = Field(foreign_key="schedule.id")
    rotation_id: str
    start: datetime
    end: datetime
    participant: dict[str, Any] = Field(sa_column=json_column())
    sequence: int = 0
    changed_at: datetime
    cancelled_at: datetime | None = None
