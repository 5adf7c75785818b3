"""What is to happen to alerts before anybody hears of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, String

from bot.vocabulary import PolicyGroup
from storage.models.base import Versioned, json_column, new_id


class Policy(Versioned, table=True):
    """A policy; of those of a team (none: of everybody) and a group, the first in order of `position` that fits counts.

    `filter` and `restriction` have the form of the API. `changes` is what becomes of the alert's own fields, null for
    a policy that leaves them; `effects` says when its people are told and when it ends: at most one each of `suppress`,
    `deduplication`, `delay`, `autoRestart` and `autoClose`, in the form of the API too.
    """

    __table_args__ = (Index("ix_policy_scope", "team_id", "group", "position"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str | None = Field(default=None, foreign_key="team.id")
    group: PolicyGroup = Field(sa_type=String)
    position: int
    name: str
    description: str = ""
    enabled: bool = True
    filter: dict[str, Any] = Field(sa_column=json_column())
    restriction: dict[str, Any] | None = Field(default=None, sa_column=json_column(nullable=True))
    continues: bool = False
    changes: dict[str, Any] | None = Field(default=None, sa_column=json_column(nullable=True))
    effects: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    created_at: datetime
    updated_at: datetime
