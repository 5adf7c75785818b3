"""The alerts that belong to an incident."""

from __future__ import annotations

from bot.queries.reading import Reading
from storage import incident_parts


async def alert_ids(reading: Reading, incident_id: str) -> list[str]:
    """Their ids, the oldest first."""
    return [row.id for row in await incident_parts.alerts_of(reading.session, incident_id)]
