"""One entry in a verb's hands: its postmortem held, its row locked; and what an entry may say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.engines.lifecycle.review import section_edited
from bot.errors import NotFound
from bot.usecases.fields import Faults, wrong_line
from bot.usecases.postmortems.held import Held, hold
from bot.usecases.unit import Unit
from bot.vocabulary import Verb
from storage import timeline
from storage.models import TimelineEntry

TEXT_CHARACTERS = 3000
"""Of a typed text: what a form's box takes. A message is kept whole, however long it is."""


@dataclass(slots=True)
class HeldEntry:
    """An entry whose row, and whose postmortem, nobody else changes before this transaction ends."""

    row: TimelineEntry
    postmortem: Held

    @property
    def facts(self) -> dict[str, Any]:
        """All that is stored of it, as an event keeps it."""
        return facts_of(self.row)


def facts_of(row: TimelineEntry) -> dict[str, Any]:
    """All that is stored of an entry, as an event keeps it."""
    return {
        "entry_id": row.id,
        "at": row.at.isoformat(),
        "text": row.text,
        "author_id": row.author_id,
        "author_name": row.author_name,
        "channel": row.channel,
        "message_ts": row.message_ts,
        "permalink": row.permalink,
        "file_names": list(row.file_names),
        "origin": str(row.origin),
        "follows": row.follows,
        "added_by": row.added_by,
        "added_at": row.added_at.isoformat(),
        "version": row.version,
    }


async def hold_open(unit: Unit, number: int) -> Held:
    """The postmortem of that number, for an actor who may change its timeline.

    Raises:
        NotFound: there is none of that number.
        NotAllowed: the actor is no member of the workspace.
        Locked: it is published.
    """
    held = await hold(unit, number, Verb.KEEP_TIMELINE)
    section_edited(held.review, now=unit.now)  # refuses what is published; the approvals it would void stay
    return held


async def hold_entry(unit: Unit, entry_id: str) -> HeldEntry:
    """The entry with that id, for an actor who may change it.

    Raises:
        NotFound: it was removed, or its postmortem was.
        NotAllowed, Locked: as `hold_open`.
    """
    found = await timeline.with_postmortem(unit.session, entry_id)
    if found is None:
        raise removed()
    held = await hold_open(unit, found.number)
    row = await timeline.by_id(unit.session, entry_id, lock=True)
    if row is None or row.postmortem_id != held.row.id:
        raise removed()
    return HeldEntry(row, held)


def removed() -> NotFound:
    """What to say of an entry that is no longer there."""
    return NotFound("That entry was removed. `/postmortem timeline` and its postmortem's number show those there are.")


def check(unit: Unit, *, at: datetime | None, text: str | None) -> None:
    """Refuse what an entry cannot be; what is None is let be, it is stored already.

    Raises:
        BadFields: `at`, `text`.
    """
    faults = Faults()
    if at is not None and at > unit.now:
        faults.add("at", "Time: this is in the future. A timeline tells what has happened; enter when it did.")
    if text is not None:
        faults.add("text", wrong_line(_as_seen(text), called="Text", limit=TEXT_CHARACTERS))
    faults.refuse()


def _as_seen(text: str) -> str:
    """The three characters that are escaped in a stored text count once."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
