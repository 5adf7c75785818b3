"""Incidents in the database."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import and_, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Incident, Postmortem
from storage.postmortems import PRESENT


async def by_id(session: AsyncSession, incident_id: str, *, lock: bool = False) -> Incident | None:
    """The incident with that id; with `lock` nobody else changes it before this transaction ends."""
    return await session.get(Incident, incident_id, with_for_update=lock or None)


async def newest(
    session: AsyncSession, *, number: int | None, words: Sequence[str], limit: int
) -> list[tuple[Incident, int | None]]:
    """Incidents, the last to begin first, each with the number of its postmortem.

    Those whose message has all the `words`, parts of words in the form of `name_key`, and the one of that `number`.
    """
    statement = select(Incident, Postmortem.number).outerjoin(
        Postmortem, and_(col(Postmortem.incident_id) == Incident.id, PRESENT)
    )
    has_words = [col(Incident.message_key).contains(word, autoescape=True) for word in words]
    if number is not None:
        statement = statement.where(or_(Incident.number == number, *has_words))
    else:
        statement = statement.where(*has_words)
    statement = statement.order_by(col(Incident.started_at).desc(), col(Incident.number).desc()).limit(limit)
    return [(incident, postmortem) for incident, postmortem in (await session.exec(statement)).all()]
