"""Put a policy at another place in its order."""

from __future__ import annotations

from collections.abc import Sequence

from bot.usecases.policies.held import described, hold, note
from bot.usecases.policies.places import put
from bot.usecases.unit import Unit
from bot.vocabulary import PolicyGroup
from storage import policies
from storage.models import Policy


async def move(
    unit: Unit, policy_id: str, to: int, *, listed_with: Sequence[PolicyGroup] = (), team_id: str | None = None
) -> Policy:
    """Put a policy at a place, counted from 0, or at the last where there are fewer; answers it.

    The places are those of its own group; with `listed_with`, of these groups one after the other, as one list of them
    numbers them: a policy stays within its own group all the same.

    Raises:
        NotFound: there is none.
        NotAllowed: the key acts for another team.
    """
    row = await hold(unit, policy_id, team_id=team_id)
    sizes = await policies.sizes(unit.session, row.team_id)
    group = PolicyGroup(row.group)
    groups_before = listed_with[: listed_with.index(group)] if group in listed_with else ()
    before, stood = described(row), row.position
    await put(unit, row, to - sum(sizes.get(each, 0) for each in groups_before), sizes)
    if row.position != stood:
        row.updated_at = unit.now
        await note(unit, "move", row, before=before)
    return row
