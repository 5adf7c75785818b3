"""Change an action: all of it in a form, or its day or its owner alone."""

from __future__ import annotations

from dataclasses import replace
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
        BadFields: `text`, `owner`, `due`, `jira_url`.
    """
    held = await hold_action(unit, action_id)
    stored = held.as_wanted
    if stored == wanted.trimmed():
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
        await _become(unit, held, replace(held.as_wanted, due_on=due_on))


async def give(unit: Unit, action_id: str, owner_id: str) -> None:
    """Give it to somebody, whatever else was changed of it meanwhile, and tell them.

    Raises:
        NotFound, NotAllowed, BadFields: as `edit`.
        Locked: it is settled.
    """
    held = await hold_action(unit, action_id)
    require_open(held)
    if held.row.owner_id != owner_id:
        await _become(unit, held, replace(held.as_wanted, owner_id=owner_id))


async def _become(unit: Unit, held: HeldAction, wanted: WantedAction) -> None:
    before, wanted = held.facts, wanted.trimmed()
    await check(unit, wanted, stored=held.row)
    row = held.row
    row.text, row.owner_id, row.due_on = wanted.text, wanted.owner_id, wanted.due_on
    row.kind, row.jira_url = wanted.kind, wanted.jira_url
    await changed(unit, held, Happening.EDITED_ACTION, before=before)
