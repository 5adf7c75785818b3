"""Turn a policy on and off."""

from __future__ import annotations

from bot.usecases.policies.held import described, hold, note
from bot.usecases.unit import Unit
from storage.models import Policy


async def switch(unit: Unit, policy_id: str, *, enabled: bool, team_id: str | None = None) -> Policy:
    """Let a policy count, or not, from now on; answers it. One that stands so already is left alone.

    Raises:
        NotFound: there is none.
        NotAllowed: the key acts for another team.
    """
    row = await hold(unit, policy_id, team_id=team_id)
    if row.enabled is enabled:
        return row
    before = described(row)
    row.enabled, row.updated_at = enabled, unit.now
    await note(unit, "enable" if enabled else "disable", row, before=before)
    return row
