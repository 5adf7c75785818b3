"""Revoke an API key: from the next request on it is nobody's."""

from __future__ import annotations

from bot.errors import NotFound
from bot.usecases.unit import Unit
from storage import keys


async def revoke(unit: Unit, name: str) -> str:
    """Revoke the key of that name, or id; answers its name.

    Raises:
        NotFound: there is none that is not revoked already.
    """
    row = await keys.by_name(unit.session, name)
    if row is None:
        raise NotFound(f"There is no key “{name}” that counts. `python app.py keys list` shows those there are.")
    row.revoked_at = unit.now
    await unit.event("revoke-key", row.id, before={"name": row.name})
    return row.name
