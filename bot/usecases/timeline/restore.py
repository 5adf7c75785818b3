"""Bring back an entry that was removed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.errors import NotFound
from bot.queries.history import Happening
from bot.usecases.postmortems.held import happened
from bot.usecases.postmortems.indexing import index
from bot.usecases.timeline.held import facts_of, hold_open
from bot.usecases.unit import Unit
from bot.vocabulary import Origin
from storage import events, postmortems, timeline
from storage.models import TimelineEntry


async def restore(unit: Unit, event_id: int) -> str:
    """Bring back what the event of that id removed, as it was; answers the entry's id. There again: nothing changes.

    A message that was marked anew meanwhile stays as it is, and its id is the answer.

    Raises:
        NotFound: no such removal, or its postmortem was deleted.
        NotAllowed: the actor is no member of the workspace.
        Locked: the postmortem is published.
    """
    event = await events.by_id(unit.session, event_id)
    if event is None or event.verb != Happening.REMOVED_ENTRY:
        raise NotFound("There is nothing to bring back here. `/postmortem timeline` and a number show what there is.")
    found = await postmortems.by_ids(unit.session, [event.subject_id])
    if not found:
        raise NotFound("Its postmortem was deleted, and the entry with it.")
    held = await hold_open(unit, found[0].number)
    was = event.before
    there = await _there(unit, held.row.id, was)
    if there is not None:
        return there.id
    row = _row(held.row.id, was)
    await timeline.put_back(unit.session, row, version=was["version"])
    await index(unit, held.row)
    await happened(unit, held, Happening.ADDED_ENTRY, after={**facts_of(row), "restored": True})
    return row.id


async def _there(unit: Unit, postmortem_id: str, was: Mapping[str, Any]) -> TimelineEntry | None:
    if same := await timeline.by_id(unit.session, was["entry_id"]):
        return same
    if was["channel"] is None:
        return None
    return await timeline.of_message(unit.session, postmortem_id, channel=was["channel"], message_ts=was["message_ts"])


def _row(postmortem_id: str, was: Mapping[str, Any]) -> TimelineEntry:
    return TimelineEntry(
        id=was["entry_id"],
        postmortem_id=postmortem_id,
        at=datetime.fromisoformat(was["at"]),
        text=was["text"],
        author_id=was["author_id"],
        author_name=was["author_name"],
        channel=was["channel"],
        message_ts=was["message_ts"],
        permalink=was["permalink"],
        file_names=list(was["file_names"]),
        origin=Origin(was.get("origin", Origin.SLACK)),
        follows=was.get("follows", False),
        added_by=was["added_by"],
        added_at=datetime.fromisoformat(was["added_at"]),
    )
