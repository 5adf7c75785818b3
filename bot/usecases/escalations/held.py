"""An escalation that a verb is about, and the team that it is or becomes that of."""

from __future__ import annotations

from typing import Any

from bot.errors import NotFound, Taken
from bot.usecases.fields import Faults
from bot.usecases.reach import own_team, require_reach
from bot.usecases.references import Ref, missing, named
from bot.usecases.unit import Unit
from storage import references
from storage.models import Escalation, Team
from storage.references import Lock


async def hold(unit: Unit, ref: Ref) -> Escalation:
    """The escalation, which nobody else changes before this transaction ends.

    Raises:
        NotFound: there is none.
        NotAllowed: the key acts for another team.
    """
    ids, names = [ref.id] if ref.id else [], [ref.name] if ref.name and not ref.id else []
    found = await references.identified(unit.session, Escalation, ids=ids, names=names, lock=Lock.CHANGE)
    if not found:
        raise NotFound(f"No escalation exists with {ref}.")
    require_reach(unit.actor, found[0].team_id)
    return found[0]


async def team_of(unit: Unit, ref: Ref | None, faults: Faults) -> str | None:
    """The id of the team that is to own it; a key that acts for a team makes everything that team's."""
    own = own_team(unit)
    if own is not None or ref is None or ref.is_empty:
        return own
    team = (await named(unit, Team, [ref])).of(ref)
    faults.add("team", None if team else missing("team", ref))
    return team.id if team else None


def taken(name: str) -> Taken:
    """What is said where an escalation has that name already."""
    return Taken({"name": f"Escalation with [name] [{name}] already exists."})


def described(row: Escalation) -> dict[str, Any]:
    """An escalation for the log."""
    return row.model_dump(mode="json", exclude={"id", "created_at"})
