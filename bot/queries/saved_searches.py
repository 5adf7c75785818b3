"""The queries for alerts that programs keep under a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.queries.reading import Reading
from storage import saved_searches
from storage.models import SavedSearch


@dataclass(frozen=True, slots=True)
class SavedSearchView:
    """A query and its name; the ids of the team that keeps it, and of whose it is said to be."""

    id: str
    name: str
    description: str
    query: str
    team_id: str | None
    owner_id: str | None
    teams: Sequence[str]
    created_at: datetime
    updated_at: datetime


async def one(reading: Reading, *, id_: str | None, name: str | None) -> SavedSearchView | None:
    """The search with that id, else the one of that name."""
    row = await saved_searches.one(reading.session, id_=id_, name=name)
    return view_of(row) if row else None


async def every(reading: Reading, *, team_id: str | None) -> tuple[SavedSearchView, ...]:
    """All of them by name, of one team or of all."""
    return tuple(view_of(row) for row in await saved_searches.every(reading.session, team_id=team_id))


def view_of(row: SavedSearch) -> SavedSearchView:
    """A search, for whoever has read its row."""
    return SavedSearchView(
        id=row.id,
        name=row.name,
        description=row.description,
        query=row.query,
        team_id=row.team_id,
        owner_id=row.owner_id,
        teams=tuple(row.teams),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
