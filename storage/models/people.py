"""People, the teams they form, and the workspace they come from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel, String

from bot.vocabulary import TeamRole
from storage.models.base import json_column, new_id


class Workspace(SQLModel, table=True):
    """The one workspace this database belongs to; at most one row.

    The playground never opens a database of a real workspace, nor the other way round: this row is how they know.
    """

    id: int = Field(default=1, primary_key=True)
    team_id: str
    is_playground: bool


class User(SQLModel, table=True):
    """A person, met through Slack or through an API; the two meet on the e-mail."""

    __tablename__ = "person"  # `user` is a reserved word in PostgreSQL
    __table_args__ = (Index("ix_person_timezone", "timezone", "has_left", "is_bot"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    slack_id: str | None = Field(default=None, unique=True)
    email: str | None = Field(default=None, unique=True, description="in lower case")
    name: str
    timezone: str | None = Field(default=None, description="IANA name; unknown for some bots and guests")
    is_bot: bool = False
    is_outsider: bool = Field(default=False, description="a guest, or a person of a connected workspace")
    is_workspace_admin: bool = Field(default=False, index=True)
    has_left: bool = False
    refreshed_at: datetime


class Profile(SQLModel, table=True):
    """What programs say of a person beyond what Slack knows; there is one for everybody made through an API.

    `address` and `details` are kept as they were sent, `role` is a name such as Admin or User.
    """

    user_id: str = Field(foreign_key="person.id", primary_key=True)
    role: str
    locale: str | None = None
    skype_username: str | None = None
    address: dict[str, Any] | None = Field(default=None, sa_column=json_column(nullable=True))
    tags: list[str] = Field(sa_column=json_column())
    details: dict[str, Any] = Field(sa_column=json_column())
    created_at: datetime


class Team(SQLModel, table=True):
    """A team owns schedules and postmortems. Names as in `Schedule`."""

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str = Field(unique=True)
    name_key: str = Field(index=True)
    description: str = ""
    template_id: str | None = Field(default=None, foreign_key="template.id", description="its postmortems begin with")
    created_at: datetime


class Membership(SQLModel, table=True):
    """Who is in a team; a membership with the role admin leads it.

    `title` is the name of one of the team's own roles, which `role` counts as user.
    """

    team_id: str = Field(foreign_key="team.id", primary_key=True)
    user_id: str = Field(foreign_key="person.id", primary_key=True, index=True)
    role: TeamRole = Field(default=TeamRole.USER, sa_type=String)
    title: str | None = None


class HomeTab(SQLModel, table=True):
    """Somebody's Home tab, once they have opened it: from then on it is kept fresh."""

    user_id: str = Field(foreign_key="person.id", primary_key=True)
    opened_at: datetime
