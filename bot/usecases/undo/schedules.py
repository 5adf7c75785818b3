"""A schedule made or edited, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError

from bot.errors import Locked
from bot.queries.changes import Change
from bot.usecases.schedules.delete import require_no_use
from bot.usecases.schedules.kept_rows import put_back
from bot.usecases.unit import Unit
from storage import events, links, models, overrides, schedules


async def take_back_new(unit: Unit, change: Change) -> Mapping[str, Any]:
    """The schedule is gone, as if it had never been made; a team that was made with it stays.

    Raises:
        Locked: it was edited, or somebody used it, since.
    """
    row = await _unchanged(unit, change)
    if await overrides.any_of(unit.session, row.id) or await links.any_of(unit.session, row.id):
        raise Locked(f"{row.name} is in use since: take back its overrides and unlink it from its channels first.")
    await require_no_use(unit, row.id, row.name)
    await schedules.wipe(unit.session, row)
    return {}


async def take_back_edit(unit: Unit, change: Change) -> Mapping[str, Any]:
    """Everything about the schedule is as it was before the edit, its history too.

    Raises:
        Locked: it was edited again since, an override lies over a rotation that the edit made, or another schedule
            has its earlier name by now.
    """
    row = await _unchanged(unit, change)
    before = change.before["rows"]
    added = {each["id"] for each in change.after["rotations"]} - {each["id"] for each in before["rotations"]}
    if await overrides.any_naming(unit.session, row.id, added):
        raise Locked(f"Somebody was put on call in a rotation that this edit of {row.name} made. Take that back first.")
    name = before["schedule"]["name"]
    try:
        async with unit.session.begin_nested():
            await put_back(unit, row, before)
    except IntegrityError as error:
        raise Locked(f"Another schedule is called “{name}” by now. Rename that one first.") from error
    return {"version": row.version, "stands_as": before["schedule"]["version"]}


async def _unchanged(unit: Unit, change: Change) -> models.Schedule:
    row = await schedules.by_id(unit.session, change.schedule_id, lock=True)
    if row is None or change.after.get("version") not in {row.version, await _stands_as(unit, row)}:
        raise Locked(f"{change.schedule} was edited again since. Take back the newer change first.")
    return row


async def _stands_as(unit: Unit, row: models.Schedule) -> int | None:
    """The version whose content it has again, where taking an edit back was the last thing that happened to it."""
    last = await events.latest_with(unit.session, row.id, "version", str(row.version))
    return last.after.get("stands_as") if last else None
