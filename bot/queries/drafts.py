"""Texts that a person typed and that are not in their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.queries.people import Person
from bot.queries.reading import Reading
from storage import drafts, models

SET_ASIDE = "set_aside"
"""The mark in the content of a text that gave way to another by its writer's or somebody else's choice."""


@dataclass(frozen=True, slots=True)
class DraftView:
    """A kept text: what was typed into which form about what, byte for byte, and why it is not in its place."""

    id: str
    form: str
    subject: str
    content: Mapping[str, Any]
    why: str
    at: datetime

    @property
    def is_set_aside(self) -> bool:
        """Whether it gave way to another text by choice; no form begins with it, unless it is asked for."""
        return bool(self.content.get(SET_ASIDE))


async def mine(reading: Reading, person: Person, *, limit: int = 50) -> tuple[DraftView, ...]:
    """A person's kept texts, newest first."""
    return tuple(_view(row) for row in await drafts.of_user(reading.session, person.id, limit=limit))


async def by_id(reading: Reading, draft_id: str, person: Person) -> DraftView | None:
    """One of a person's own kept texts; None for anybody else's."""
    row = await drafts.by_id(reading.session, draft_id)
    return _view(row) if row and row.user_id == person.id else None


def _view(row: models.Draft) -> DraftView:
    return DraftView(row.id, row.form, row.subject, row.content, row.why, row.at)
