"""What a program means by what other products call an alert group: an incident, or an alert on the way to one.

| what it sends | what it means |
| --- | --- |
| an incident's id, `INC-7`, `7` | that incident |
| an alert's id, `#7` | the incident that the alert belongs to, the newest of several; else that alert |
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.queries.reading import Reading
from storage import alerts, incident_parts, incidents
from storage.models import Alert

_INCIDENT = re.compile(r"(?:INC-)?([1-9][0-9]{0,8})", re.ASCII | re.IGNORECASE)
_ALERT = re.compile(r"#([1-9][0-9]{0,8})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Meant:
    """An incident, or an alert that belongs to none (yet), and the team it belongs to."""

    id: str
    team_id: str | None
    is_alert: bool = False


async def meant_by(reading: Reading, words: str) -> Meant | None:
    """The incident that is meant, else the alert; None where there is neither."""
    incident = await incidents.by_id(reading.session, words)
    if incident is None and (number := _INCIDENT.fullmatch(words)):
        incident = await incidents.by_number(reading.session, int(number[1]))
    alert = None if incident else await _alert(reading, words)
    if alert and alert.number is not None:
        incident = await incident_parts.newest_with_alert(reading.session, alert.number)
    if incident:
        return Meant(incident.id, incident.owner_team_id)
    return Meant(alert.id, alert.owner_team_id, is_alert=True) if alert else None


async def incident_of(reading: Reading, words: str) -> Meant | None:
    """The incident that is meant; None where there is none, or an alert is that belongs to none."""
    found = await meant_by(reading, words)
    return None if found is None or found.is_alert else found


async def _alert(reading: Reading, words: str) -> Alert | None:
    number = _ALERT.fullmatch(words)
    if number:
        return await alerts.by_number(reading.session, int(number[1]))
    return await alerts.by_id(reading.session, words)
