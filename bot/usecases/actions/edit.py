"""Change an action: all of it in a form, or its day or its owner alone."""

from __future__ import annotations

from datetime import date

from bot.errors import Conflict
from bot.queries.history import Happening
from bot.usecases.actions.held import HeldAction, changed, check, hold_action, require_open
from bot.usecases.actions.wanted import WantedAction
from bot.usecases.unit import Unit


async def edit(unit: Unit, action_id: str, wanted: WantedAction, *, version: int) -> None:
    """Make it what is wanted; `version` is the one the writer saw. The same again changes nothing.

    Raises:
        NotFound: it was removed, or its postmortem was.
        NotAllowed: the actor is no member of the workspace.
        Conflict: it was changed since; `theirs` is the WantedAction it is now.
        BadFields: `text`, `owner`, `due`.
    """
    held = await hold_action(unit, action_id)
    stored = _stored(held)
    if stored == _trimmed(wanted):
        return
    if held.row.version != version:
        sentence = "This action was changed since you opened it. Nothing of yours is lost: choose."
        raise Conflict(sentence, theirs=stored, version=held.row.version)
    await _become(unit, held, wanted)


async def move(unit: Unit, action_id: str, due_on: date) -> None:
    """Give it another day, whatever else was changed of it meanwhile.

    Raises:
        NotFound, NotAllowed, BadFields: as `edit`.
        Locked: it is settled.
    """
    held = await hold_action(unit, action_id)
    require_open(held)
    if held.row.due_on != due_on:
        await _become(unit, held, WantedAction(held.row.text, held.row.owner_id, due_on))


async def give(unit: Unit, action_id: str, owner_id: str) -> None:
    """Give it to somebody, whatever else was changed of it meanwhile, and tell them.

    Raises:
        NotFound, NotAllowed, BadFields: as `edit`.
        Locked: it is settled.
    """
    held = await hold_action(unit, action_id)
    require_open(held)
    if held.row.owner_id != owner_id:
        await _become(unit, held, WantedAction(held.row.text, owner_id, held.row.due_on))


async def _become(unit: Unit, held: HeldAction, wanted: WantedAction) -> None:
    await check(unit, wanted, stored=held.row)
    before, wanted = held.facts, _trimmed(wanted)
    held.row.text, held.row.owner_id, held.row.due_on = wanted.text, wanted.owner_id, wanted.due_on
    await changed(unit, held, Happening.EDITED_ACTION, before=before)


def _stored(held: HeldAction) -> WantedAction:
    return WantedAction(held.row.text, held.row.owner_id, held.row.due_on)


def _trimmed(wanted: WantedAction) -> WantedAction:
    return WantedAction(wanted.text.strip(), wanted.owner_id, wanted.due_on)
