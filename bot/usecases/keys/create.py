"""Make an API key; its text leaves this process once and is not kept."""

from __future__ import annotations

from collections.abc import Collection
from uuid import uuid4

from bot.errors import BadFields, Taken
from bot.queries.keys import digest_of
from bot.usecases.fields import Faults, wrong_name
from bot.usecases.unit import Unit
from bot.vocabulary import Right
from storage import keys, teams
from storage.models import ApiKey, Team

LONGEST_NAME = 100


async def create(unit: Unit, *, name: str, rights: Collection[Right], team: str | None) -> str:
    """Make the key; answers its text, a UUID as the clients of these APIs insist on.

    `team` is the name of a team that there is: the key then acts for that team alone.

    Raises:
        Taken: another key, not revoked, has that name.
        BadFields: the name or the team cannot be used, or no right is given.
    """
    name = " ".join(name.split())
    faults = Faults()
    faults.add("name", wrong_name(name, called="Name", limit=LONGEST_NAME))
    if not rights:
        faults.add("rights", f"Give it at least one right of: {', '.join(Right)}.")
    row = await _team(unit, team) if team is not None else None
    faults.refuse()
    if await keys.by_name(unit.session, name):
        raise Taken({"name": f"There is a key “{name}” already. Revoke it first, or choose another name."})
    text = str(uuid4())
    key = ApiKey(
        name=name,
        digest=digest_of(text),
        rights=[right.value for right in Right if right in rights],
        team_id=row.id if row else None,
        created_at=unit.now,
    )
    unit.session.add(key)
    await unit.session.flush()
    await unit.event("create-key", key.id, after={"name": name, "rights": key.rights, "team_id": key.team_id})
    return text


async def _team(unit: Unit, name: str) -> Team:
    row = await teams.by_name(unit.session, name)
    if row is None:
        there = ", ".join(each.name for each in await teams.all_by_name(unit.session))
        raise BadFields(
            {"team": f"There is no team “{name}”. " + (f"There are: {there}." if there else "There is none.")}
        )
    return row
