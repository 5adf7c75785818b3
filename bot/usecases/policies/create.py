"""Make a policy."""

from __future__ import annotations

from bot.errors import Locked
from bot.usecases.fields import Faults
from bot.usecases.policies.held import note
from bot.usecases.policies.responders import responders_of
from bot.usecases.policies.wanted import WantedPolicy, look_at
from bot.usecases.policies.writing import contents
from bot.usecases.reach import own_team, require_reach
from bot.usecases.references import Ref, missing, named
from bot.usecases.unit import Unit
from storage import policies
from storage.models import Policy, Team

MOST_POLICIES = 1_000
"""Of a team, and of everybody."""
NEEDS_TEAM = "Notification policies are those of a team: say by teamId of which."


async def create(unit: Unit, wanted: WantedPolicy, *, team_id: str | None = None, needs_team: bool = False) -> Policy:
    """The new policy, the last of its group. A key that acts for a team makes it that team's.

    Raises:
        NotAllowed: the key acts for another team than the one that is named.
        BadFields: with every field that is wrong, what does not exist included.
        Locked: there are MOST_POLICIES already.
    """
    await policies.begin_change(unit.session)
    faults = Faults()
    look_at(wanted, faults)
    owner = await _owner(unit, team_id, faults)
    if needs_team and owner is None:
        faults.add("teamId", NEEDS_TEAM)
    responders = await responders_of(unit, wanted, faults)
    faults.refuse()
    sizes = await policies.sizes(unit.session, owner)
    if sum(sizes.values()) >= MOST_POLICIES:
        raise Locked(f"A team has at most {MOST_POLICIES:,} policies, and so has everybody. Delete one first.")
    group = wanted.groups[0]
    row = Policy(
        team_id=owner,
        group=group,
        position=sizes.get(group, 0),
        created_at=unit.now,
        **contents(unit, wanted, responders),
    )
    unit.session.add(row)
    await note(unit, "create", row)
    return row


async def _owner(unit: Unit, team_id: str | None, faults: Faults) -> str | None:
    """The id of the team whose it is to be; None where it is everybody's, or no team's that there is."""
    ref = Ref(id=team_id or own_team(unit))
    if ref.id is None:
        return None
    require_reach(unit.actor, ref.id)
    team = (await named(unit, Team, [ref])).of(ref)
    faults.add("teamId", None if team else missing("team", ref))
    return team.id if team else None
