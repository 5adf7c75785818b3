"""Delete a policy."""

from __future__ import annotations

from bot.usecases.policies.held import described, hold, note
from bot.usecases.policies.places import take_out
from bot.usecases.unit import Unit
from storage import policies


async def delete(unit: Unit, policy_id: str, *, team_id: str | None = None) -> None:
    """Delete a policy; those behind it move up.

    Raises:
        NotFound: there is none.
        NotAllowed: the key acts for another team.
    """
    row = await hold(unit, policy_id, team_id=team_id)
    await take_out(unit, row, await policies.sizes(unit.session, row.team_id))
    await note(unit, "delete", row, before=described(row), is_gone=True)
    await unit.session.delete(row)
    await unit.session.flush()
