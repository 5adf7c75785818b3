"""Write a note to an alert."""

from __future__ import annotations

from typing import Unpack

from bot.queries.alerts import AlertRef
from bot.usecases.alerts.said import Said, held_for, note_down
from bot.usecases.alerts.wanted import LONGEST_NOTE
from bot.usecases.fields import Faults, wrong_line
from bot.usecases.unit import Unit
from storage.models import Alert


async def add_note(unit: Unit, ref: AlertRef, **said: Unpack[Said]) -> Alert:
    """Keep the `note`, by the name of who wrote it, or for whom a program did; answers the alert.

    Raises:
        NotFound: there is no such alert.
        NotAllowed: the key acts for another team, or the actor is no member of the workspace.
        BadFields: `note` says nothing, or too much; `user`, `source`.
    """
    faults = Faults()
    faults.add("note", wrong_line(said.get("note", ""), called="note", limit=LONGEST_NOTE))
    alert = await held_for(unit, ref, said, faults)
    await note_down(unit, alert, said)
    return alert
