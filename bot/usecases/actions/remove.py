"""Remove an action. Its event keeps all of it, so that `restore` brings it back."""

from __future__ import annotations

from bot.queries.history import Happening
from bot.usecases.actions.held import changed, hold_action
from bot.usecases.unit import Unit


async def remove(unit: Unit, action_id: str) -> int:
    """Remove it; answers the id of the event that `restore` takes.

    Raises:
        NotFound: it was removed before, or its postmortem was.
        NotAllowed: the actor is no member of the workspace.
    """
    held = await hold_action(unit, action_id)
    await unit.session.delete(held.row)
    return await changed(unit, held, Happening.REMOVED_ACTION, before=held.facts)
