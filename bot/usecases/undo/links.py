"""A channel linked or unlinked, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.errors import Locked
from bot.queries.changes import Change
from bot.usecases.unit import Unit
from storage import links


async def take_back_link(unit: Unit, change: Change) -> Mapping[str, Any]:
    """The channel is no longer the schedule's.

    Raises:
        Locked: it was unlinked since.
    """
    if not await links.remove(unit.session, channel=change.channel, schedule_id=change.schedule_id):
        raise Locked(f"{change.schedule} was unlinked from that channel since; there is nothing to take back.")
    return {"channel": change.channel}


async def take_back_unlink(unit: Unit, change: Change) -> Mapping[str, Any]:
    """The channel is the schedule's again.

    Raises:
        Locked: it was linked again since.
    """
    is_new = await links.add(
        unit.session, channel=change.channel, schedule_id=change.schedule_id, by=unit.person.id, at=unit.now
    )
    if not is_new:
        raise Locked(f"{change.schedule} was linked to that channel again since; there is nothing to take back.")
    return {"channel": change.channel}
