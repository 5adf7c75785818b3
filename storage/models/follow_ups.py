"""What is gathered for a postmortem beside its text: the timeline of its incident, and the actions that follow."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, String

from bot.vocabulary import ActionKind, ActionStatus, Origin
from storage.models.base import Versioned, json_column, new_id


class TimelineEntry(Versioned, table=True):
    """Something that happened during an incident, at a time: typed, or a message that somebody marked.

    A marked message keeps its author, permalink and the names of its files; its channel and `message_ts` make sure
    that it stands in a postmortem once. `text` is Slack's mrkdwn, as the message carried it or a command sent it.
    """

    __table_args__ = (UniqueConstraint("channel", "message_ts", "postmortem_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    postmortem_id: str = Field(foreign_key="postmortem.id", index=True)
    at: datetime
    text: str
    author_id: str | None = Field(default=None, foreign_key="person.id")
    author_name: str = Field(default="", description="of an author who is no person here, such as a bot")
    channel: str | None = Field(default=None, description="Slack's id of the channel the message stands in")
    message_ts: str | None = None
    permalink: str = ""
    file_names: list[str] = Field(default_factory=list, sa_column=json_column())
    origin: Origin = Field(default=Origin.SLACK, sa_type=String)
    follows: bool = Field(default=False, description="the message's edits and deletion change it until publication")
    added_by: str = Field(foreign_key="person.id", index=True)
    added_at: datetime


class ActionItem(Versioned, table=True):
    """A follow-up: what somebody is to do, by when, so that it does not happen again."""

    __table_args__ = (Index("ix_actionitem_due", "status", "due_on"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    postmortem_id: str = Field(foreign_key="postmortem.id", index=True)
    text: str
    owner_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    due_on: date | None = None
    kind: ActionKind | None = Field(default=None, sa_type=String)
    jira_url: str = ""
    status: ActionStatus = Field(default=ActionStatus.OPEN, sa_type=String)
    settled_at: datetime | None = None
    created_by: str = Field(foreign_key="person.id")
    created_at: datetime
