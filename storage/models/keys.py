"""The keys by which programs act, and what each may still ask for."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.models.base import json_column, new_id


class ApiKey(SQLModel, table=True):
    """A key, without its text: only the hash of that is kept. With a team it acts for that team alone.

    `user_id` is the person who stands for it where only a person can stand, made when that first happens.
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    digest: str = Field(unique=True, description="SHA-256 of the key's text, in hex")
    rights: list[str] = Field(sa_column=json_column())
    team_id: str | None = Field(default=None, foreign_key="team.id", index=True)
    user_id: str | None = Field(default=None, foreign_key="person.id")
    created_at: datetime
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None


class Allowance(SQLModel, table=True):
    """The tokens that a key has left in a domain of requests, as far as no process has leased them."""

    key_id: str = Field(foreign_key="apikey.id", primary_key=True)
    domain: str = Field(primary_key=True)
    tokens: float
    filled_at: datetime
