"""Add a whole thread to a postmortem's timeline: each of its messages once, in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.queries.history import Happening
from bot.usecases.postmortems.held import happened
from bot.usecases.postmortems.indexing import index
from bot.usecases.timeline.add import row_of
from bot.usecases.timeline.held import hold_open
from bot.usecases.timeline.wanted import WantedEntry
from bot.usecases.unit import Unit
from storage import timeline


@dataclass(frozen=True, slots=True)
class ThreadAdded:
    """How many of its messages are new in the timeline, and how many stood there already."""

    new: int
    there: int


async def add_thread(
    unit: Unit, number: int, *, channel: str, thread_ts: str, messages: Sequence[WantedEntry]
) -> ThreadAdded:
    """Add the messages of one thread, of which the timeline may have some. Approvals stay, as in `add`.

    Raises:
        NotFound: no such postmortem.
        NotAllowed: the actor is no member of the workspace.
        Locked: it is published.
    """
    held = await hold_open(unit, number)
    marked = {each.message.ts: each for each in messages if each.message}
    there = await timeline.messages_there(unit.session, held.row.id, channel=channel, message_ts=marked.keys())
    rows = [row_of(unit, held.row.id, wanted) for ts, wanted in marked.items() if ts not in there]
    unit.session.add_all(rows)
    if rows:
        await index(unit, held.row)
        after = {"channel": channel, "thread_ts": thread_ts, "entry_ids": [row.id for row in rows], "count": len(rows)}
        await happened(unit, held, Happening.ADDED_THREAD, after=after)
    return ThreadAdded(len(rows), len(there))
