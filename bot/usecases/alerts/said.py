"""What goes along with a verb of an alert: a note, and for whom and from where a program says that it asks."""

from __future__ import annotations

from typing import TypedDict

from bot.errors import Locked
from bot.queries.alerts import AlertRef
from bot.usecases.alerts.held import hold, write_note
from bot.usecases.alerts.wanted import LONGEST_SOURCE, LONGEST_USER, wrong_note
from bot.usecases.authors import author_name
from bot.usecases.fields import Faults, wrong_text
from bot.usecases.references import Ref, people_named
from bot.usecases.unit import Unit
from storage.models import Alert


class Said(TypedDict, total=False):
    """All of it may be left out. `user` is a name, or the e-mail of somebody who is known here."""

    note: str
    user: str
    source: str


async def held_for(unit: Unit, ref: AlertRef, said: Said, faults: Faults | None = None) -> Alert:
    """The alert that a verb is about, held, once nothing is wrong with what was said. `faults` are the verb's own.

    Raises:
        BadFields: `note`, `user`, `source`, and the verb's own.
        NotFound, NotAllowed: as `held.hold`.
    """
    faults = faults or Faults()
    faults.add("note", wrong_note(said.get("note", "")))
    faults.add("user", wrong_text(said.get("user", ""), called="user", limit=LONGEST_USER))
    faults.add("source", wrong_text(said.get("source", ""), called="source", limit=LONGEST_SOURCE))
    faults.refuse()
    return await hold(unit, ref)


async def note_down(unit: Unit, alert: Alert, said: Said) -> None:
    """Keep the note, where there is one."""
    await write_note(unit, alert, said.get("note", ""), user=said.get("user", ""))


def asked_by(said: Said) -> dict[str, str]:
    """What an event tells of whom a program asked for, and from where; nothing where it does not say."""
    told = {"user": said.get("user", "").strip(), "source": said.get("source", "").strip()}
    return {name: text for name, text in told.items() if text}


def by_whom(unit: Unit, said: Said) -> str:
    """The name that reports give: of the person, of whom the program says it asks for, else of its key."""
    return unit.author.name if unit.author else asked_by(said).get("user") or author_name(unit)


async def person_meant(unit: Unit, said: Said) -> str | None:
    """The id of the person who does it, or for whom a program says that it does: it names them by their e-mail.

    None where that is nobody who is known here.
    """
    if unit.author:
        return unit.author.id
    user = asked_by(said).get("user", "")
    if "@" not in user:
        return None
    found = (await people_named(unit, [Ref(name=user)])).of(Ref(name=user))
    return found.id if found else None


def was_first(unit: Unit, alert: Alert, *, did: str, name: str | None) -> str:
    """The sentence for whoever comes second: `Ana acknowledged #7 first.`"""
    first = name or "Somebody"
    is_same = unit.author is not None and unit.author.name == name
    return f"{'You' if is_same else first} {did} #{alert.number} {'already' if is_same else 'first'}."


def come_second(unit: Unit, sentence: str) -> None:
    """What was asked for is so already. A person is told who was first; for a program it is done, and it can read that.

    Raises:
        Locked: a person asks.
    """
    if unit.acting_person:
        raise Locked(sentence)
    unit.outcome = sentence
