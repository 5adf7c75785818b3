"""Add an action to a postmortem, whatever its state: what follows from it is done after it is published."""

from __future__ import annotations

from bot.queries.history import Happening
from bot.usecases.actions.held import HeldAction, changed, check
from bot.usecases.actions.wanted import WantedAction
from bot.usecases.postmortems.held import hold
from bot.usecases.unit import Unit
from bot.vocabulary import Verb
from storage.models import ActionItem


async def add(unit: Unit, number: int, wanted: WantedAction) -> str:
    """Add it, and tell its owner where that is somebody else; answers its id.

    Raises:
        NotFound: no such postmortem.
        NotAllowed: the actor is no member of the workspace.
        BadFields: `text`, `owner`, `due`, `jira_url`.
    """
    held = await hold(unit, number, Verb.KEEP_ACTIONS)
    wanted = wanted.trimmed()
    await check(unit, wanted)
    row = ActionItem(
        postmortem_id=held.row.id,
        text=wanted.text,
        owner_id=wanted.owner_id,
        due_on=wanted.due_on,
        kind=wanted.kind,
        jira_url=wanted.jira_url,
        created_by=unit.person.id,
        created_at=unit.now,
    )
    unit.session.add(row)
    await changed(unit, HeldAction(row, held), Happening.ADDED_ACTION)
    return row.id
