"""A message about a postmortem that was deleted before it was sent."""

from __future__ import annotations

from bot.queries import deletions
from bot.queries.reading import Reading
from bot.slack.rendered import NotYet
from bot.usecases.deliveries.claim import Claimed


async def until_undone(reading: Reading, claimed: Claimed, postmortem_id: str) -> NotYet | None:
    """It waits for as long as the deletion can be undone; None where there is nothing to wait for."""
    deletion = None if claimed.ts else await deletions.by_id(reading, postmortem_id)
    return NotYet(deletion.undo_until) if deletion and deletion.can_be_undone(reading.now) else None
