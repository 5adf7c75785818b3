"""Put right when an incident was detected, responded to and resolved, where its timeline does not tell."""

from __future__ import annotations

from datetime import datetime

from bot.engines.timeline import Moments
from bot.errors import Conflict
from bot.queries.history import Happening
from bot.queries.own_entries import said_of
from bot.usecases.fields import Faults
from bot.usecases.postmortems.held import happened, hold, require_unlocked
from bot.usecases.unit import Unit
from bot.vocabulary import Verb
from storage import models

_NAMES = {"detected_at": "Detected", "responded_at": "Responded to", "ended_at": "Resolved"}


async def correct_times(unit: Unit, number: int, wanted: Moments, *, was: Moments) -> None:
    """Make them what is wanted; `was` is what the writer saw. The same again changes nothing.

    A moment is no earlier than those before it: the beginning, the detection, the response, the end.

    Raises:
        NotFound: no such postmortem.
        NotAllowed: the actor is no member of the workspace, or a key of another team.
        Locked: it is published.
        Conflict: somebody else has put them right meanwhile; `theirs` are the Moments they are now.
        BadFields: `detected_at`, `responded_at`, `ended_at`.
    """
    held = await hold(unit, number, Verb.KEEP_TIMELINE)
    require_unlocked(unit, held)
    row = held.row
    stored = said_of(row)
    if wanted.is_same_as(stored):
        return
    if not stored.is_same_as(was):
        sentence = f"Somebody changed these times since you opened them: `/postmortem times {held.label}` shows them."
        raise Conflict(sentence, theirs=stored, version=row.version)
    _check(unit, row, wanted)
    row.detected_at, row.responded_at, row.ended_at = wanted.detected_at, wanted.responded_at, wanted.ended_at
    await happened(unit, held, Happening.CORRECTED_TIMES, before=stored.kept(), after=wanted.kept())


def _check(unit: Unit, row: models.Postmortem, wanted: Moments) -> None:
    faults = Faults()
    before, latest = "began", row.started_at
    for name, called in _NAMES.items():
        at: datetime | None = getattr(wanted, name)
        if at is None:
            continue
        if at > unit.now:
            faults.add(name, f"{called}: this is in the future. Enter when it was.")
        elif at < latest:
            faults.add(name, f"{called}: this is before it {before}. Enter a later time.")
        else:
            before, latest = f"was {called.lower()}", at
    faults.refuse()
