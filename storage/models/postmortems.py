"""Postmortems: the row, its sections, its reviewers, and who snoozed it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, text
from sqlmodel import Field, SQLModel, String

from bot.vocabulary import PostmortemStatus, Severity, Verdict
from storage.models.base import Versioned, json_column, new_id


class Postmortem(Versioned, table=True):
    """One postmortem. People see `PM-12`, its number; programs its id."""

    __table_args__ = (
        Index(
            "ix_postmortem_present",
            "status",
            "number",
            sqlite_where=text("deleted_at IS NULL"),
            postgresql_where=text("deleted_at IS NULL"),
        ),
        Index(
            "ix_postmortem_owned",
            "owner_id",
            "status",
            "number",
            sqlite_where=text("deleted_at IS NULL"),
            postgresql_where=text("deleted_at IS NULL"),
        ),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    number: int = Field(unique=True)
    title: str
    severity: Severity = Field(sa_type=String)
    status: PostmortemStatus = Field(default=PostmortemStatus.DRAFT, sa_type=String)
    owner_id: str = Field(foreign_key="person.id", index=True)
    team_id: str | None = Field(default=None, foreign_key="team.id", index=True)
    incident_id: str = Field(foreign_key="incident.id", unique=True)
    started_at: datetime
    ended_at: datetime | None = None
    draft_due_on: date
    review_due_on: date | None = Field(default=None, description="while it is in review")
    review_asked_at: datetime | None = None
    published_at: datetime | None = None
    text_changed_at: datetime
    channel: str | None = Field(default=None, index=True, description="Slack's id of the channel its card lives in")
    created_at: datetime
    created_by: str = Field(foreign_key="person.id")
    deleted_at: datetime | None = Field(default=None, description="from then on it is nowhere to be found")


class Section(Versioned, table=True):
    """One part of a postmortem's text, an ADF document."""

    postmortem_id: str = Field(foreign_key="postmortem.id", primary_key=True)
    key: str = Field(primary_key=True, description="what people type: detection, root-causes")
    title: str
    prompt: str
    position: int
    body: dict[str, Any] = Field(sa_column=json_column())
    updated_at: datetime
    updated_by: str | None = Field(default=None, foreign_key="person.id")


class Reviewer(SQLModel, table=True):
    """Somebody asked for a verdict, and what they said."""

    postmortem_id: str = Field(foreign_key="postmortem.id", primary_key=True)
    user_id: str = Field(foreign_key="person.id", primary_key=True, index=True)
    position: int
    verdict: Verdict = Field(default=Verdict.PENDING, sa_type=String)
    asked_at: datetime
    said_at: datetime | None = None
    note: str = ""


class AffectedService(SQLModel, table=True):
    """A service that the incident struck."""

    postmortem_id: str = Field(foreign_key="postmortem.id", primary_key=True)
    service_id: str = Field(foreign_key="service.id", primary_key=True)


class Responder(SQLModel, table=True):
    """Somebody who worked on the incident."""

    postmortem_id: str = Field(foreign_key="postmortem.id", primary_key=True)
    user_id: str = Field(foreign_key="person.id", primary_key=True)


class Snooze(SQLModel, table=True):
    """One person's quiet about one postmortem: nothing before the morning of `until`."""

    postmortem_id: str = Field(foreign_key="postmortem.id", primary_key=True)
    user_id: str = Field(foreign_key="person.id", primary_key=True)
    until: date
    reason: str = ""
    created_by: str = Field(foreign_key="person.id")


class SearchWord(SQLModel, table=True):
    """A word that stands in a postmortem: in its title, its text or the name of an affected service.

    Compared byte by byte on every database, so that the beginning of a word is a range of the index.
    """

    word: str = Field(sa_column=Column(String().with_variant(String(collation="C"), "postgresql"), primary_key=True))
    postmortem_number: int = Field(
        sa_column=Column(ForeignKey("postmortem.number"), primary_key=True, index=True, autoincrement=False)
    )
