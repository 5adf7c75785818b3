"""Incidents: recent ones to choose from, and as programs know them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.engines.query_language import INCIDENTS
from bot.queries import people
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.search_in_sql import in_sql
from bot.queries.services import ServiceView
from bot.vocabulary import IncidentOrder, IncidentStatus, ResponderKind, Severity
from storage import incident_search, incidents
from storage.models import Incident, IncidentResponder, Service
from storage.models.base import name_key

_NUMBER = re.compile(r"(?:inc)?[\s#-]*(\d{1,9})", re.IGNORECASE)
_TINY = re.compile(r"(?:INC-)?(\d{1,9})", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An incident. `postmortem` is the number of the postmortem it has already, the last of several."""

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


@dataclass(frozen=True, slots=True)
class IncidentRef:
    """How a request names an incident: by its id, or by its number, which programs call its tiny id (`7`, `INC-7`)."""

    text: str
    is_tiny: bool = False

    @property
    def number(self) -> int | None:
        """The number, where it is one."""
        found = _TINY.fullmatch(self.text) if self.is_tiny else None
        return int(found[1]) if found else None

    def __str__(self) -> str:
        """As a sentence names it: `id [x]`."""
        return f"{'tiny' if self.is_tiny else 'id'} [{self.text}]"


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody who was called to an incident: a person or a team, by their id."""

    kind: ResponderKind
    id: str


@dataclass(frozen=True, slots=True)
class WholeIncident:
    """An incident with all that hangs on it but its notes; services by name, responders as they were called."""

    id: str
    number: int
    message: str
    description: str
    priority: Severity
    status: IncidentStatus
    tags: Sequence[str]
    details: Mapping[str, str]
    owner_team_id: str | None
    services: Sequence[ServiceView]
    responders: Sequence[Called]
    started_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    created_at: datetime
    updated_at: datetime

    @property
    def label(self) -> str:
        """What people call it: `INC-7`."""
        return f"INC-{self.number}"


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """Some of a list of incidents, and how long it is."""

    incidents: tuple[WholeIncident, ...]
    total: int


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


async def identified(reading: Reading, ref: IncidentRef) -> WholeIncident | None:
    """The incident that is named; three statements."""
    row = await row_of(reading, ref)
    return (await _whole(reading, [row]))[0] if row else None


async def by_id(reading: Reading, incident_id: str) -> WholeIncident | None:
    """The incident with that id; three statements."""
    return await identified(reading, IncidentRef(incident_id))


async def row_of(reading: Reading, ref: IncidentRef, *, lock: bool = False) -> Incident | None:
    """The row of the incident that is named, for a verb: with `lock` nobody else changes it in this transaction."""
    if not ref.is_tiny:
        return await incidents.by_id(reading.session, ref.text, lock=lock)
    if ref.number is None:
        return None
    return await incidents.by_number(reading.session, ref.number, lock=lock)


async def page(
    reading: Reading,
    query: str,
    *,
    team_id: str | None,
    order: IncidentOrder,
    descending: bool,
    limit: int,
    offset: int,
) -> IncidentPage:
    """Some of the incidents that a query asks for (engines/query_language), of one team or of all; four statements.

    Raises:
        BadFields: `query` cannot be read.
    """
    condition = in_sql(query, INCIDENTS, incident_search.condition)
    rows = await incidents.page(
        reading.session,
        condition,
        team_id=team_id,
        order=order,
        descending=descending,
        limit=limit,
        offset=offset,
    )
    total = await incidents.count(reading.session, condition, team_id=team_id)
    return IncidentPage(await _whole(reading, rows), total)


async def people_called(reading: Reading, incident: WholeIncident) -> list[Person]:
    """The people among those who were called to an incident, in their order; teams are left out."""
    ids = [each.id for each in incident.responders if each.kind is ResponderKind.USER]
    known = await people.by_ids(reading, ids)
    return [known[each] for each in ids if each in known]


async def _whole(reading: Reading, rows: Sequence[Incident]) -> tuple[WholeIncident, ...]:
    ids = [row.id for row in rows]
    services = await incidents.services_of(reading.session, ids)
    responders = await incidents.responders_of(reading.session, ids)
    return tuple(_view(row, services[row.id], responders[row.id]) for row in rows)


def _view(row: Incident, services: Sequence[Service], responders: Sequence[IncidentResponder]) -> WholeIncident:
    return WholeIncident(
        id=row.id,
        number=row.number,
        message=row.message,
        description=row.description,
        priority=Severity(row.priority),
        status=IncidentStatus(row.status),
        tags=tuple(row.tags),
        details=dict(row.details),
        owner_team_id=row.owner_team_id,
        services=tuple(ServiceView(each.id, each.name) for each in services),
        responders=tuple(Called(ResponderKind(each.kind), each.responder_id) for each in responders),
        started_at=row.started_at,
        resolved_at=row.resolved_at,
        closed_at=row.closed_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
