"""A saved search that a verb is about, looked up, locked and within reach of who acts; and how it is told of."""

from __future__ import annotations

from typing import Any

from bot.errors import NotFound, Taken
from bot.usecases.reach import require_reach
from bot.usecases.references import Ref
from bot.usecases.unit import Unit
from storage import saved_searches
from storage.models import SavedSearch
from storage.references import Lock


async def hold(unit: Unit, ref: Ref) -> SavedSearch:
    """The search, which nobody else changes before this transaction ends.

    Raises:
        NotFound: there is none.
        NotAllowed: the key acts for another team.
    """
    row = await saved_searches.one(unit.session, id_=ref.id, name=ref.name, lock=Lock.CHANGE)
    if row is None:
        raise absent(ref)
    require_reach(unit.actor, row.team_id)
    return row


def absent(ref: Ref) -> NotFound:
    """What is said where there is no such search."""
    return NotFound(f"No saved search exists with {ref}.")


def taken(name: str) -> Taken:
    """What is said where a search has that name already."""
    return Taken({"name": f"Saved search with name [{name}] already exists."})


def described(row: SavedSearch) -> dict[str, Any]:
    """A search for the log."""
    return row.model_dump(mode="json", exclude={"id", "created_at", "updated_at"})
