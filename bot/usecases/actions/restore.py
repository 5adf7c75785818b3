"""Bring back an action that was removed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.errors import NotFound
from bot.queries.history import Happening
from bot.usecases.actions.held import HeldAction, changed
from bot.usecases.postmortems.held import hold
from bot.usecases.unit import Unit
from bot.vocabulary import ActionKind, ActionStatus, Verb
from storage import actions, events, postmortems
from storage.models import ActionItem


async def restore(unit: Unit, event_id: int) -> str:
    """Bring back what the event of that id removed, as it was; answers the action's id. There again: nothing changes.

    Raises:
        NotFound: no such removal, or its postmortem was deleted.
        NotAllowed: the actor is no member of the workspace.
    """
    event = await events.by_id(unit.session, event_id)
    if event is None or event.verb != Happening.REMOVED_ACTION:
        raise NotFound("There is nothing to bring back here. `/postmortem actions` shows the actions there are.")
    found = await postmortems.by_ids(unit.session, [event.subject_id])
    if not found:
        raise NotFound("Its postmortem was deleted, and the action with it.")
    held = await hold(unit, found[0].number, Verb.KEEP_ACTIONS)
    was = event.before
    action_id = str(was["action_id"])
    if await actions.by_id(unit.session, action_id, lock=True) is None:
        row = _row(held.row.id, was)
        await actions.put_back(unit.session, row, version=was["version"])
        # The owner was theirs before: nobody is told anew, whoever was told is brought up to date.
        before = {"owner_id": row.owner_id}
        await changed(unit, HeldAction(row, held), Happening.ADDED_ACTION, before=before, after={"restored": True})
    return action_id


def _row(postmortem_id: str, was: Mapping[str, Any]) -> ActionItem:
    return ActionItem(
        id=was["action_id"],
        postmortem_id=postmortem_id,
        text=was["text"],
        owner_id=was["owner_id"],
        due_on=date.fromisoformat(was["due_on"]) if was["due_on"] else None,
        kind=ActionKind(was["kind"]) if was.get("kind") else None,
        jira_url=was.get("jira_url", ""),
        status=ActionStatus(was["status"]),
        settled_at=datetime.fromisoformat(was["settled_at"]) if was["settled_at"] else None,
        created_by=was["created_by"],
        created_at=datetime.fromisoformat(was["created_at"]),
    )
