"""Remove an entry. Its event keeps all of it, so that `restore` brings it back."""

from __future__ import annotations

from bot.errors import Conflict, NotFound
from bot.queries.history import Happening
from bot.usecases.postmortems.held import happened
from bot.usecases.postmortems.indexing import index
from bot.usecases.timeline.held import HeldEntry, hold_entry, hold_open
from bot.usecases.timeline.wanted import WantedEntry
from bot.usecases.unit import Unit
from storage import events, postmortems, timeline


async def remove(unit: Unit, number: int, entry_id: str, *, version: int) -> int:
    """Remove it from the postmortem it stands in; answers the id of the event that `restore` takes.

    `number` and `version` are those the actor saw; what they have changed since themselves they know, where they have
    moved it to as well. Removed already: the answer is the same, and nothing changes.

    Raises:
        NotFound: no such postmortem, or no such entry.
        NotAllowed: the actor is no member of the workspace.
        Locked: it is published.
        Conflict: somebody else changed it since; `theirs` is the WantedEntry it is now.
    """
    try:
        held = await hold_entry(unit, entry_id)
    except NotFound:
        home = await hold_open(unit, number)
        earlier = await timeline.last_event(unit.session, home.row.id, Happening.REMOVED_ENTRY, entry_id)
        if earlier is None or earlier.id is None:
            raise
        return earlier.id
    row, home = held.row, held.postmortem
    if await _is_unseen(unit, held, number, version):
        sentence = f"Somebody changed this entry since. `/postmortem timeline {home.label}` shows it as it is."
        raise Conflict(sentence, theirs=WantedEntry(at=row.at, text=row.text), version=row.version)
    facts = held.facts
    await unit.session.delete(row)
    await index(unit, home.row)
    return await happened(unit, home, Happening.REMOVED_ENTRY, before=facts, after={"entry_id": entry_id})


async def _is_unseen(unit: Unit, held: HeldEntry, number: int, version: int) -> bool:
    """Whether the actor may not know what it says now, or in which postmortem."""
    if held.row.version == version:
        return False
    seen_in = await postmortems.by_number(unit.session, number)
    homes = {held.postmortem.row.id, *([seen_in.id] if seen_in else [])}
    return await events.changed_by_another(
        unit.session, homes, "entry_id", held.row.id, since=version, than=unit.person.id
    )
