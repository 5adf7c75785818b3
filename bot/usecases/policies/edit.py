"""Replace a policy."""

from __future__ import annotations

from bot.usecases.fields import Faults
from bot.usecases.policies.create import NEEDS_TEAM
from bot.usecases.policies.held import described, hold, note
from bot.usecases.policies.places import take_out
from bot.usecases.policies.responders import responders_of
from bot.usecases.policies.wanted import WantedPolicy, look_at
from bot.usecases.policies.writing import contents
from bot.usecases.unit import Unit
from storage import policies
from storage.models import Policy


async def edit(
    unit: Unit, policy_id: str, wanted: WantedPolicy, *, team_id: str | None = None, needs_team: bool = False
) -> Policy:
    """Let a policy be what is wanted, with nothing left of what it was but its id, its team and its place.

    One that becomes of another kind is the last of the group that is of that kind. With `needs_team` no policy of
    everybody that changes alerts becomes one that does not.

    Raises:
        NotFound: there is none.
        NotAllowed: the key acts for another team.
        BadFields: with every field that is wrong, what does not exist included.
    """
    row = await hold(unit, policy_id, team_id=team_id)
    faults = Faults()
    look_at(wanted, faults)
    if needs_team and row.team_id is None and row.changes is not None:
        faults.add("type", NEEDS_TEAM)
    responders = await responders_of(unit, wanted, faults, before=(row.changes or {}).get("responders", ()))
    faults.refuse()
    before = described(row)
    if row.group not in wanted.groups:
        sizes = await policies.sizes(unit.session, row.team_id)
        await take_out(unit, row, sizes)
        row.group = wanted.groups[0]
        row.position = sizes.get(row.group, 0)
    for column, value in contents(unit, wanted, responders).items():
        setattr(row, column, value)
    await note(unit, "edit", row, before=before)
    return row
