"""The incident that a program means: what other products call an alert group."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.queries.reading import Reading
from storage import incidents

_NUMBER = re.compile(r"(?:INC-)?([1-9][0-9]{0,8})", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meant:
    """An incident, and the team it belongs to."""

    id: str
    number: int
    team_id: str | None


async def incident_of(reading: Reading, words: str) -> Meant | None:
    """The incident with that id, else of that number (`INC-7`, `7`); None where there is none."""
    row = await incidents.by_id(reading.session, words)
    if row is None and (number := _NUMBER.fullmatch(words)):
        row = await incidents.by_number(reading.session, int(number[1]))
    return Meant(row.id, row.number, row.owner_team_id) if row else None
