"""Remove an action. Its event keeps all of it, so that `restore` brings it back."""

from __future__ import annotations

from bot.errors import Conflict
from bot.queries.history import Happening
from bot.usecases.actions.held import changed, hold_action
from bot.usecases.unit import Unit
from storage import events


async def remove(unit: Unit, action_id: str, *, version: int) -> int:
    """Remove it; answers the id of the event that `restore` takes.

    `version` is the one the actor saw; what they have changed since themselves they know.

    Raises:
        NotFound: it was removed before, or its postmortem was.
        NotAllowed: the actor is no member of the workspace.
        Conflict: somebody else changed it since; `theirs` is the WantedAction it is now.
    """
    held = await hold_action(unit, action_id)
    row, home = held.row, held.postmortem
    if row.version != version and await events.changed_by_another(
        unit.session, [home.row.id], "action_id", action_id, since=version, than=unit.person.id
    ):
        sentence = f"Somebody changed this action since. `/postmortem actions {home.label}` shows it as it is."
        raise Conflict(sentence, theirs=held.as_wanted, version=row.version)
    await unit.session.delete(row)
    return await changed(unit, held, Happening.REMOVED_ACTION, before=held.facts)
