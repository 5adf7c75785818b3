"""Whose team a schedule is to be."""

from __future__ import annotations

from dataclasses import dataclass

from bot.queries import teams
from bot.queries.actors import Actor, KeyHolder
from bot.queries.reading import Reading
from bot.usecases.fields import Faults
from bot.usecases.references import Ref, missing
from bot.usecases.schedules.names import wrong_name
from bot.usecases.schedules.wanted import UNSAID, ExistingTeam, Unsaid
from bot.usecases.teams.name_team import name_team
from bot.usecases.unit import Unit
from storage import references
from storage import teams as team_rows
from storage.models import Team


@dataclass(frozen=True, slots=True)
class Owner:
    """The team that owns a schedule; `id` None: it is made with the schedule."""

    id: str | None
    name: str


async def owner_by_id(reading: Reading, team_id: str | None) -> Owner | None:
    """The team with that id; None for none, and for one that is gone."""
    names = await teams.names(reading, [team_id]) if team_id else {}
    return Owner(team_id, names[team_id]) if team_id in names else None


async def wanted_owner(
    reading: Reading,
    actor: Actor | None,
    wanted: str | ExistingTeam | Unsaid | None,
    *,
    stored: Owner | None,
    faults: Faults,
) -> Owner | None:
    """The team that is wanted; what is wrong with it is noted under `team`.

    A key that acts for one team gives everything it makes to that team, whatever it says.
    """
    if isinstance(actor, KeyHolder) and actor.team_id:
        return await owner_by_id(reading, actor.team_id)
    if wanted is UNSAID:
        return stored
    if isinstance(wanted, ExistingTeam):
        return await _existing(reading, wanted, faults)
    return await _named(reading, wanted, faults) if wanted is not None else None


async def team_of(unit: Unit, owner: Owner | None) -> str | None:
    """The id of the owner's team, made where it is new."""
    if owner is None:
        return None
    return owner.id or (await name_team(unit, owner.name)).id


async def _existing(reading: Reading, wanted: ExistingTeam, faults: Faults) -> Owner | None:
    ref = Ref(wanted.id, wanted.name)
    ids, names = ([ref.id], []) if ref.id else ([], [ref.name or ""])
    found = await references.identified(reading.session, Team, ids=ids, names=names)
    faults.add("team", None if found else missing("team", ref))
    return Owner(found[0].id, found[0].name) if found else None


async def _named(reading: Reading, typed: str, faults: Faults) -> Owner | None:
    name = " ".join(typed.split())
    wrong = wrong_name(name)
    if wrong:
        faults.add("team", wrong)
        return None
    row = await team_rows.by_name(reading.session, name)
    return Owner(row.id, row.name) if row else Owner(None, name)
