"""Everything that programs are told of postmortems, for many of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Postmortem, Section, TimelineEntry
from storage.postmortem_lists import Lists, grouped, lists_of
from storage.postmortems import sections_of


@dataclass(frozen=True, slots=True)
class WholeParts:
    """What hangs on some postmortems, by the postmortem's id, each list in its order."""

    lists: Mapping[str, Lists]
    sections: Mapping[str, Sequence[Section]]
    entries: Mapping[str, Sequence[TimelineEntry]]


async def parts_of(session: AsyncSession, rows: Iterable[Postmortem]) -> WholeParts:
    """What hangs on these postmortems, in three statements however many they are."""
    ids = [row.id for row in rows]
    return WholeParts(
        lists=await lists_of(session, ids),
        sections=await sections_of(session, ids),
        entries=await _entries(session, ids),
    )


async def _entries(session: AsyncSession, ids: Sequence[str]) -> dict[str, list[TimelineEntry]]:
    statement = (
        select(TimelineEntry.postmortem_id, TimelineEntry)
        .where(col(TimelineEntry.postmortem_id).in_(ids))
        .order_by(col(TimelineEntry.at), col(TimelineEntry.added_at), col(TimelineEntry.id))
    )
    return grouped(ids, (await session.exec(statement)).all())
