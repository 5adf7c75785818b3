"""Add an entry to a postmortem's timeline: something typed, or a message that somebody marked."""

from __future__ import annotations

from dataclasses import dataclass

from bot.queries.history import Happening
from bot.usecases.postmortems.held import happened
from bot.usecases.postmortems.indexing import index
from bot.usecases.timeline.held import check, facts_of, hold_open
from bot.usecases.timeline.wanted import WantedEntry
from bot.usecases.unit import Unit
from storage import timeline
from storage.models import TimelineEntry


@dataclass(frozen=True, slots=True)
class Added:
    """The entry's id; `is_new` is false where the message stood in the timeline already."""

    entry_id: str
    is_new: bool


async def add(unit: Unit, number: int, wanted: WantedEntry) -> Added:
    """Add it. Approvals stay: the timeline is evidence, reviewers judge the sections.

    A message stands in a postmortem once, whoever marks it and however often; it may be one without any text. Typed
    texts say something, at a time that is not ahead.

    Raises:
        NotFound: no such postmortem.
        NotAllowed: the actor is no member of the workspace.
        Locked: it is published.
        BadFields: `at`, `text`.
    """
    held = await hold_open(unit, number)
    message = wanted.message
    if message is None:
        check(unit, at=wanted.at, text=wanted.text)
    # Its row being held, nobody adds the same message meanwhile.
    elif there := await timeline.of_message(unit.session, held.row.id, channel=message.channel, message_ts=message.ts):
        return Added(there.id, is_new=False)
    row = row_of(unit, held.row.id, wanted)
    unit.session.add(row)
    await index(unit, held.row)
    marked_with = {"emoji": wanted.emoji} if wanted.emoji else {}
    await happened(unit, held, Happening.ADDED_ENTRY, after={**facts_of(row), **marked_with})
    return Added(row.id, is_new=True)


def row_of(unit: Unit, postmortem_id: str, wanted: WantedEntry) -> TimelineEntry:
    """The row of what was looked at; what becomes of a message is followed where the house may read it."""
    message = wanted.message
    row = TimelineEntry(
        postmortem_id=postmortem_id,
        at=wanted.at,
        text=wanted.text,
        added_by=unit.person.id,
        added_at=unit.now,
    )
    if message is None:
        row.text, row.author_id = wanted.text.strip(), unit.person.id
        return row
    row.channel, row.message_ts, row.permalink = message.channel, message.ts, message.permalink
    row.author_id, row.author_name = message.author_id, message.author_name
    row.file_names, row.follows = list(message.file_names), unit.settings.history
    return row
