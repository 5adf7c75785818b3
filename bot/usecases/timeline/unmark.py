"""Take an emoji off a message: what it had added goes, unless somebody has made more of it."""

from __future__ import annotations

from bot.queries.history import Happening
from bot.usecases.timeline.remove import remove
from bot.usecases.unit import Unit
from storage import timeline


async def unmark(unit: Unit, *, channel: str, ts: str, emoji: str) -> int:
    """Remove the entries that the actor has added to open postmortems with that emoji; answers how many.

    What was changed since, by a person or by moving it, stays; so does what another one added, or added otherwise.

    Raises:
        NotAllowed: the actor is no member of the workspace.
    """
    removed = 0
    for found in await timeline.following(unit.session, channel, ts):
        entry = found.entry
        if entry.added_by != unit.person.id or f"{entry.at.timestamp():.6f}" != ts:
            continue
        added = await timeline.last_event(unit.session, entry.postmortem_id, Happening.ADDED_ENTRY, entry.id)
        if added is not None and added.after.get("emoji") == emoji:
            await remove(unit, found.number, entry.id, version=entry.version)
            removed += 1
    return removed
