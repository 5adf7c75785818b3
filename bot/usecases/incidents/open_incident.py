"""Write down that something went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.queries.incident_log import IncidentHappening
from bot.usecases.fields import TITLE_CHARACTERS, Faults, wrong_name, wrong_times
from bot.usecases.reach import own_team
from bot.usecases.roles import authorise_member
from bot.usecases.unit import Unit
from bot.vocabulary import IncidentStatus, Severity, Verb
from storage.models import Incident
from storage.models.base import name_key


async def open_incident(
    unit: Unit, *, message: str, priority: Severity, started_at: datetime, resolved_at: datetime | None = None
) -> int:
    """The number of a new incident, resolved already where `resolved_at` is given.

    Raises:
        NotAllowed: the actor is no member of the workspace.
        BadFields: `title`, `started_at`, `ended_at`.
    """
    await authorise_member(unit, Verb.DECLARE_INCIDENT)
    faults = Faults()
    faults.add("title", wrong_name(message.strip(), called="Title", limit=TITLE_CHARACTERS))
    faults.add_all(wrong_times(started_at, resolved_at, now=unit.now))
    faults.refuse()
    incident = await add_incident(
        unit, message=message, priority=priority, started_at=started_at, resolved_at=resolved_at
    )
    unit.outcome = f"INC-{incident.number}"
    return incident.number


async def add_incident(
    unit: Unit,
    *,
    message: str,
    priority: Severity,
    started_at: datetime,
    resolved_at: datetime | None = None,
    description: str = "",
    tags: Sequence[str] = (),
    details: Mapping[str, str] | None = None,
    status_page: Mapping[str, Any] | None = None,
    owner_team_id: str | None = None,
) -> Incident:
    """The row of a new incident, for a verb that has checked everything.

    A key that acts for a team makes it that team's, whatever is said.
    """
    incident = Incident(
        number=await unit.next_number("INC"),
        message=message.strip(),
        message_key=name_key(message),
        priority=priority,
        status=IncidentStatus.RESOLVED if resolved_at else IncidentStatus.OPEN,
        description=description,
        tags=list(tags),
        details=dict(details or {}),
        status_page=dict(status_page) if status_page else None,
        owner_team_id=own_team(unit) or owner_team_id,
        started_at=started_at,
        resolved_at=resolved_at,
        created_at=unit.now,
        created_by=unit.author.id if unit.author else None,
        updated_at=unit.now,
    )
    unit.session.add(incident)
    after = {"message": incident.message, "priority": str(priority)}
    await unit.event(IncidentHappening.OPENED, incident.id, after=after)
    return incident
