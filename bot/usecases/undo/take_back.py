"""Take a change back: an override, a schedule made or edited, a channel linked or unlinked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.engines.lifecycle.permissions import may, require
from bot.errors import Locked, NotFound
from bot.queries import changes, teams
from bot.queries.changes import UNDO_WITHIN, UNDONE, Change, Changing
from bot.queries.history import people_in
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.usecases.roles import roles_in
from bot.usecases.undo import links, overrides
from bot.usecases.undo import schedules as schedule_changes
from bot.usecases.unit import Unit
from bot.vocabulary import Role, Verb
from storage import models, schedules

TakingBack = Callable[[Unit, Change], Awaitable[Mapping[str, Any]]]
"""Undoes one kind of change; answers what the event is to keep of it besides."""

_ALREADY = "That was taken back already."
_WAYS: Mapping[Changing, TakingBack] = {
    Changing.OVERRIDDEN: overrides.take_back,
    Changing.CREATED: schedule_changes.take_back_new,
    Changing.EDITED: schedule_changes.take_back_edit,
    Changing.LINKED: links.take_back_link,
    Changing.UNLINKED: links.take_back_unlink,
}


async def take_back(unit: Unit, event_id: int) -> int:
    """Undo the change that this event wrote down; answers its id, also as the unit's outcome.

    Raises:
        NotFound: there is no such change, or its schedule is gone.
        NotAllowed: it is somebody else's, and the actor does not lead the schedule's team.
        Locked: it was taken back already, is older than ten minutes, or something was built on it since.
    """
    schedule_id = await changes.schedule_of(unit.reading, event_id)
    row = await schedules.by_id(unit.session, schedule_id, lock=True) if schedule_id else None
    # Of two at once the second waited for the first to commit: only now does it see what that one did.
    change = await changes.by_id(unit.reading, event_id)
    if change is None:
        raise NotFound("That change is no longer known. `/oncall log` shows what happened.")
    if change.undone is not None:
        raise Locked(_taken_back_already(change))
    if row is None:
        raise NotFound("That schedule is gone, and its changes with it.")
    await _authorise(unit.reading, unit.person, change, row)
    if unit.now - change.at > UNDO_WITHIN:
        raise Locked("That was more than ten minutes ago and can no longer be taken back. Change it anew instead.")
    name = row.name
    facts = await _WAYS[change.verb](unit, change)
    after = {"event": event_id, "verb": change.verb.value, "name": name, **facts}
    await unit.event(UNDONE, change.schedule_id, after=after)
    unit.concerned |= {*people_in(change.before), *people_in(change.after)}
    unit.outcome = str(event_id)
    return event_id


async def _authorise(reading: Reading, person: Person, change: Change, row: models.Schedule) -> None:
    is_own = change.actor is not None and change.actor.id == person.id
    verb, has_team = Verb.UNDO_OWN if is_own else Verb.UNDO_OTHERS, row.team_id is not None
    in_teams = await teams.roles_of(reading, person.id) if row.team_id else {}
    held = roles_in(person, in_teams.get(row.team_id or ""))
    if may(verb, held, has_team=has_team):
        return
    leads = await teams.leads(reading, row.team_id) if row.team_id else []
    require(verb, held, subject=row.name, names={Role.LEAD: [lead.name for lead in leads]}, has_team=has_team)


def _taken_back_already(change: Change) -> str:
    undone = change.undone
    if undone and undone.by:
        return f"{undone.by.name} took that back already."
    return f"The key “{undone.by_key}” took that back already." if undone and undone.by_key else _ALREADY
