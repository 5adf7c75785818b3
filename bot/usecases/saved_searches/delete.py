"""Delete a saved search."""

from __future__ import annotations

from bot.usecases.references import Ref
from bot.usecases.saved_searches.held import described, hold
from bot.usecases.unit import Unit


async def delete(unit: Unit, ref: Ref) -> None:
    """It is gone; alerts stay as they are.

    Raises:
        NotFound: there is none.
        NotAllowed: the key acts for another team.
    """
    row = await hold(unit, ref)
    await unit.event("delete-saved-search", row.id, before=described(row))
    await unit.session.delete(row)
    await unit.session.flush()
