"""Recent incidents, to choose from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from bot.queries.reading import Reading
from bot.vocabulary import IncidentStatus, Severity
from storage import incidents
from storage.models.base import name_key

_NUMBER = re.compile(r"(?:inc)?[\s#-]*(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An incident. `postmortem` is the number of the postmortem it has already."""

    id: str
    number: int
    message: str
    priority: Severity
    status: IncidentStatus
    started_at: datetime
    resolved_at: datetime | None
    postmortem: int | None

    @property
    def label(self) -> str:
        """What people call it: `INC-7`."""
        return f"INC-{self.number}"


async def recent(reading: Reading, words: str = "", *, limit: int = 20) -> tuple[IncidentView, ...]:
    """Incidents, the last to begin first: all, the one of a number (`7`, `INC-7`), or those with all the words.

    A NUL in them, which no database keeps, does not count.
    """
    words = words.replace("\x00", "").strip()
    number = _NUMBER.fullmatch(words)
    found = await incidents.newest(
        reading.session,
        number=int(number[1]) if number else None,
        words=name_key(words).split(),
        limit=limit,
    )
    return tuple(
        IncidentView(
            id=row.id,
            number=row.number,
            message=row.message,
            priority=Severity(row.priority),
            status=IncidentStatus(row.status),
            started_at=row.started_at,
            resolved_at=row.resolved_at,
            postmortem=postmortem,
        )
        for row, postmortem in found
    )
