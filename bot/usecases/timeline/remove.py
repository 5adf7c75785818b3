"""Remove an entry. Its event keeps all of it, so that `restore` brings it back."""

from __future__ import annotations

from bot.errors import Conflict
from bot.queries.history import Happening
from bot.usecases.postmortems.held import happened
from bot.usecases.postmortems.indexing import index
from bot.usecases.timeline.held import hold_entry, hold_open, removed
from bot.usecases.timeline.wanted import WantedEntry
from bot.usecases.unit import Unit
from storage import timeline


async def remove(unit: Unit, number: int, entry_id: str, *, version: int) -> int:
    """Remove it from that postmortem; answers the id of the event that `restore` takes.

    `version` is the one the actor saw. Removed already: the answer is the same, and nothing changes.

    Raises:
        NotFound: no such postmortem, or no such entry, or it stands in another postmortem now.
        NotAllowed: the actor is no member of the workspace.
        Locked: it is published.
        Conflict: it was changed since; `theirs` is the WantedEntry it is now.
    """
    postmortem = await hold_open(unit, number)
    if await timeline.by_id(unit.session, entry_id) is None:
        earlier = await timeline.last_event(unit.session, postmortem.row.id, Happening.REMOVED_ENTRY, entry_id)
        if earlier is None or earlier.id is None:
            raise removed()
        return earlier.id
    held = await hold_entry(unit, entry_id)
    row = held.row
    if row.version != version or row.postmortem_id != postmortem.row.id:
        sentence = f"This entry was changed since. `/postmortem timeline {held.postmortem.label}` shows it as it is."
        raise Conflict(sentence, theirs=WantedEntry(at=row.at, text=row.text), version=row.version)
    facts = held.facts
    await unit.session.delete(row)
    await index(unit, postmortem.row)
    return await happened(unit, postmortem, Happening.REMOVED_ENTRY, before=facts, after={"entry_id": entry_id})
