"""Who does what in incidents, and which alerts belong to them, in the database."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Alert, Incident, IncidentAlert, IncidentNote, IncidentPart


async def roles_in(session: AsyncSession, incident_id: str) -> list[IncidentPart]:
    """Who has which role in an incident."""
    found = await session.exec(select(IncidentPart).where(IncidentPart.incident_id == incident_id))
    return list(found.all())


async def alerts_of(session: AsyncSession, incident_id: str) -> list[Alert]:
    """The alerts that belong to an incident, the oldest first."""
    joined = select(Alert).join(IncidentAlert, col(IncidentAlert.alert_number) == Alert.number)
    found = joined.where(IncidentAlert.incident_id == incident_id).order_by(col(Alert.number))
    return list((await session.exec(found)).all())


async def newest_with_alert(session: AsyncSession, alert_number: int) -> Incident | None:
    """The incident to which an alert belongs; the newest, where it was made one of several."""
    statement = select(Incident).join(IncidentAlert, col(IncidentAlert.incident_id) == Incident.id)
    ordered = statement.where(IncidentAlert.alert_number == alert_number).order_by(col(Incident.number).desc())
    return (await session.exec(ordered.limit(1))).first()


async def last_note(session: AsyncSession, incident_id: str) -> IncidentNote | None:
    """What was written to an incident last."""
    statement = select(IncidentNote).where(IncidentNote.incident_id == incident_id)
    return (await session.exec(statement.order_by(col(IncidentNote.id).desc()).limit(1))).first()


async def notes_by_ids(session: AsyncSession, ids: Iterable[int]) -> dict[int, str]:
    """What the notes with these ids say, by id."""
    found = await session.exec(select(IncidentNote.id, IncidentNote.text).where(col(IncidentNote.id).in_(set(ids))))
    return {id_: text for id_, text in found.all() if id_ is not None}
