"""An override taken back. What was true meanwhile stays true: nobody's past shift is wiped out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.errors import Locked
from bot.queries.changes import Change
from bot.usecases.overrides.telling import tell_taken_back
from bot.usecases.unit import Unit
from storage import models, overrides


async def take_back(unit: Unit, change: Change) -> Mapping[str, Any]:
    """What has not begun, and what only corrected the past, is gone; what is running ends now.

    Of one that is running and began before it was made, the part before its making is a correction and is gone too.

    Raises:
        Locked: it is over, or gone.
    """
    row = await overrides.by_id(unit.session, change.after["override_id"])
    if row is None:
        raise Locked("That override is gone already; there is nothing to take back.")
    facts = await _ended(unit, row)
    await tell_taken_back(unit, change)
    return facts


async def _ended(unit: Unit, row: models.Override) -> Mapping[str, Any]:
    since = max(row.start, row.created_at)
    if row.end <= row.created_at or since >= unit.now:
        await unit.session.delete(row)
        return {}
    if row.end <= unit.now:
        raise Locked("That override is over, so it stays on record. To correct it, put on who was on call then.")
    row.start, row.end = since, unit.now
    return {"ended_at": unit.now.isoformat()}
