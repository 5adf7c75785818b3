"""Postmortems: the row, its sections, its reviewers, and who snoozed it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel, String

from bot.vocabulary import PostmortemStatus, Severity, Verdict
from storage.models.base import Versioned, json_column, new_id, new_short_id


def _present(name: str, *columns: str) -> Index:
    """An index of those that are not deleted, by which a list is counted and its pages are found without a row read.

    With `deleted_at` in it, since SQLite looks it up in the row otherwise, although it is the same in all of them.
    """
    there = text("deleted_at IS NULL")
    return Index(name, *columns, "deleted_at", sqlite_where=there, postgresql_where=there)


class Postmortem(Versioned, table=True):
    """One postmortem. People see `PM-12`, its number; programs its id, or its `short_id` (P and twelve characters).

    `detected_at` and `responded_at` are what somebody said; None is what the timeline says. `alert_group_id` is the
    incident in the words of the program that made it. `template_version_id` is what its sections began as.
    """

    __table_args__ = (
        _present("ix_postmortem_there", "number"),
        # What is overdue is told by the owner's zone and the day of the state: all of it stands in the index.
        _present("ix_postmortem_present", "status", "number", "owner_id", "draft_due_on", "review_due_on"),
        _present("ix_postmortem_of_team", "team_id", "number", "status"),
        _present("ix_postmortem_made", "created_at", "number"),
        _present("ix_postmortem_owned", "owner_id", "status", "number"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    number: int = Field(unique=True)
    short_id: str = Field(default_factory=new_short_id, unique=True)
    title: str
    severity: Severity = Field(sa_type=String)
    status: PostmortemStatus = Field(default=PostmortemStatus.DRAFT, sa_type=String)
    owner_id: str = Field(foreign_key="person.id", index=True)
    team_id: str | None = Field(default=None, foreign_key="team.id", index=True)
    incident_id: str = Field(foreign_key="incident.id", index=True)
    alert_group_id: str | None = Field(default=None, index=True)
    template_version_id: str | None = Field(default=None, foreign_key="templateversion.id")
    started_at: datetime
    detected_at: datetime | None = None
    responded_at: datetime | None = None
    ended_at: datetime | None = None
    jira_issues: list[str] = Field(default_factory=list, sa_column=json_column())
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
    """One part of a postmortem's text, an ADF document.

    `heading` is the ADF node it was given with, kept so that it goes out as it came in; None is one made of the title.
    """

    postmortem_id: str = Field(foreign_key="postmortem.id", primary_key=True)
    key: str = Field(primary_key=True, description="what people type: detection, root-causes")
    title: str
    prompt: str
    position: int
    heading: dict[str, Any] | None = Field(default=None, sa_column=json_column(nullable=True))
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
    """Somebody who worked on the incident; `role` is any name, such as Incident Commander."""

    postmortem_id: str = Field(foreign_key="postmortem.id", primary_key=True)
    user_id: str = Field(foreign_key="person.id", primary_key=True)
    role: str = ""
    position: int = 0


class ResponderTeam(SQLModel, table=True):
    """A team that worked on the incident."""

    postmortem_id: str = Field(foreign_key="postmortem.id", primary_key=True)
    team_id: str = Field(foreign_key="team.id", primary_key=True, index=True)
    position: int


class RelatedIncident(SQLModel, table=True):
    """Another incident that has to do with it."""

    postmortem_id: str = Field(foreign_key="postmortem.id", primary_key=True)
    incident_id: str = Field(foreign_key="incident.id", primary_key=True, index=True)
    position: int


class PostmortemVersion(SQLModel, table=True):
    """A postmortem as it was published, frozen: all that its page shows, as one JSON value."""

    postmortem_id: str = Field(foreign_key="postmortem.id", primary_key=True)
    number: int = Field(primary_key=True)
    snapshot: dict[str, Any] = Field(sa_column=json_column())
    published_at: datetime
    published_by: str | None = Field(default=None, foreign_key="person.id")


class Remark(SQLModel, table=True):
    """Something said in the review, of the whole or of a section; with a verdict it is why."""

    id: int | None = Field(default=None, primary_key=True)
    postmortem_id: str = Field(foreign_key="postmortem.id", index=True)
    section_key: str | None = None
    user_id: str = Field(foreign_key="person.id")
    verdict: Verdict | None = Field(default=None, sa_type=String)
    text: str
    at: datetime
    message_ts: str | None = Field(default=None, unique=True, description="of a comment in the card's thread")


class DefaultReviewer(SQLModel, table=True):
    """Who reviews what concerns a team, or strikes a service, unless somebody else is named."""

    subject_id: str = Field(primary_key=True, description="a team's id or a service's")
    user_id: str = Field(foreign_key="person.id", primary_key=True)
    position: int


class Snooze(SQLModel, table=True):
    """One person's quiet about one postmortem: nothing before the morning of `until`."""

    postmortem_id: str = Field(foreign_key="postmortem.id", primary_key=True)
    user_id: str = Field(foreign_key="person.id", primary_key=True)
    until: date
    reason: str = ""
    created_by: str = Field(foreign_key="person.id")
