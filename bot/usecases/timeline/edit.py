"""Change an entry: when it was, what it says, and the postmortem it stands in."""

from __future__ import annotations

from datetime import datetime

from bot.errors import BadFields, Conflict
from bot.queries.history import Happening
from bot.usecases.postmortems.held import Held, happened
from bot.usecases.postmortems.indexing import index
from bot.usecases.timeline.held import HeldEntry, check, hold_entry, hold_open
from bot.usecases.timeline.wanted import WantedEntry
from bot.usecases.unit import Unit
from storage import reminders, timeline


async def edit(
    unit: Unit,
    entry_id: str,
    *,
    at: datetime,
    text: str | None = None,
    to: int | None = None,
    version: int,
) -> int:
    """Make it what is wanted, and answer the number of the postmortem it stands in from then on.

    `text` None leaves it byte for byte as it is; `to` is another postmortem's number. `version` is the one the writer
    saw. The same again changes nothing.

    Raises:
        NotFound: it was removed, or no such postmortem.
        NotAllowed: the actor is no member of the workspace.
        Locked: a postmortem concerned is published.
        Conflict: it was changed since; `theirs` is the WantedEntry it is now.
        BadFields: `at`, `text`, `postmortem`.
    """
    target = await _held_first(unit, entry_id, to)
    held = await hold_entry(unit, entry_id)
    row, home = held.row, held.postmortem
    said = row.text if text is None else text.strip()
    goes = target if target and target.row.id != home.row.id else None
    if row.at == at and row.text == said and goes is None:
        return home.row.number
    if row.version != version:
        sentence = "This entry was changed since you opened it. Nothing of yours is lost: choose."
        raise Conflict(sentence, theirs=WantedEntry(at=row.at, text=row.text), version=row.version)
    check(unit, at=None if at == row.at else at, text=None if said == row.text else said)
    before = held.facts
    row.follows = row.follows and row.text == said  # what a person wrote is not overwritten by an edit of the message
    row.at, row.text = at, said
    if goes is None:
        await index(unit, home.row)
        await happened(unit, home, Happening.EDITED_ENTRY, before=before, after=held.facts)
        return home.row.number
    await _move(unit, held, goes)
    return goes.row.number


async def _held_first(unit: Unit, entry_id: str, to: int | None) -> Held | None:
    """The postmortem it goes to. Two are held in the order of their numbers, so that nobody waits for each other."""
    if to is None:
        return None
    found = await timeline.with_postmortem(unit.session, entry_id)
    if found and found.number < to:
        await hold_open(unit, found.number)
    return await hold_open(unit, to)


async def _move(unit: Unit, held: HeldEntry, target: Held) -> None:
    row, home = held.row, held.postmortem
    if row.channel and row.message_ts:
        there = await timeline.of_message(unit.session, target.row.id, channel=row.channel, message_ts=row.message_ts)
        if there:
            raise BadFields({"postmortem": f"Postmortem: {target.label} has this message already."})
    # Both before any message, as a waking takes them: in one order nobody waits for the other in a circle.
    for each in sorted((home.row, target.row), key=lambda one: one.number):
        await reminders.of_postmortem(unit.session, each.id, lock=True)
    row.postmortem_id = target.row.id
    for each in (home.row, target.row):
        await index(unit, each)
    await happened(unit, home, Happening.MOVED_ENTRY, after={**held.facts, "to": target.row.number})
    await happened(unit, target, Happening.ADDED_ENTRY, after=held.facts)
