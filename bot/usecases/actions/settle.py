"""Say what became of an action: done, not needed any more, or open again after all."""

from __future__ import annotations

from bot.queries.history import Happening
from bot.usecases.actions.held import changed, hold_action
from bot.usecases.unit import Unit
from bot.vocabulary import ActionStatus


async def settle(unit: Unit, action_id: str, status: ActionStatus) -> None:
    """Make it what became of it; from then on nobody is reminded of it. What it is already changes nothing.

    Raises:
        NotFound: it was removed, or its postmortem was.
        NotAllowed: the actor is no member of the workspace.
    """
    held = await hold_action(unit, action_id)
    if held.row.status == status:
        return
    before = held.facts
    held.row.status = status
    held.row.settled_at = None if status is ActionStatus.OPEN else unit.now
    await changed(unit, held, Happening.SETTLED_ACTION, before=before)
