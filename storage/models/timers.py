"""What is due: reminders to people, and messages on their way to Slack."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel, String

from storage.models.base import json_column, new_id


class Reminder(SQLModel, table=True):
    """The next time one recipient hears of one postmortem. A woken row moves on to its next time.

    `planned_at` is the morning it is meant for. `due_at` is when to look at it: later, where that morning was missed
    and the recipient's evening has come.
    """

    postmortem_id: str = Field(foreign_key="postmortem.id", primary_key=True)
    recipient: str = Field(primary_key=True, index=True, description="a user's id, or Slack's id of a channel")
    kind: str
    planned_at: datetime
    due_at: datetime = Field(index=True)


class DeliveryState(StrEnum):
    """Where a delivery stands. `closed` is a message that is no longer edited."""

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CLOSED = "closed"


class Delivery(SQLModel, table=True):
    """What to tell whom: an intent, rendered when it is sent, from the state of that moment.

    One row is one message in Slack and its upkeep: touching it raises `revision`, and the sender edits the message
    until `sent_revision` has caught up. `lease_until` is how long a sender may hold it; then another takes over.
    """

    __table_args__ = (
        Index("ix_delivery_claim", "state", "due_at"),
        Index(
            "uq_delivery_open",
            "kind",
            "subject",
            "recipient",
            unique=True,
            sqlite_where=text("state != 'closed'"),
            postgresql_where=text("state != 'closed'"),
        ),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    kind: str
    subject: str
    recipient: str = Field(description="Slack's id of a person or a channel")
    details: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    state: DeliveryState = Field(default=DeliveryState.DUE, sa_type=String)
    revision: int = 1
    sent_revision: int = 0
    due_at: datetime
    attempts: int = 0
    lease_until: datetime | None = None
    channel: str | None = None
    ts: str | None = None
    failure: str = ""
    created_at: datetime
