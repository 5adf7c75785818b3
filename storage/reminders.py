"""Reminders in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.inserting import Put
from storage.models import Postmortem, Reminder

_PLANNED = Put(
    Reminder,
    ("postmortem_id", "recipient", "kind", "planned_at", "due_at"),
    lambda insert: insert.on_conflict_do_update(
        index_elements=["postmortem_id", "recipient"],
        set_={name: insert.excluded[name] for name in ("kind", "planned_at", "due_at")},
    ),
)


async def put_planned(session: AsyncSession, planned: Sequence[Reminder]) -> None:
    """Write these down, in the place of those there are for the same recipients; one statement.

    The caller has locked those, or their postmortem. Rows of them that are in hands are not renewed.
    """
    await session.flush()
    rows = [each.model_dump() for each in sorted(planned, key=lambda each: (each.postmortem_id, each.recipient))]
    await _PLANNED.into(session, rows)


async def of_postmortem(session: AsyncSession, postmortem_id: str, *, lock: bool = False) -> list[Reminder]:
    """Who will hear of a postmortem, soonest first; with `lock` nobody else changes the rows in this transaction."""
    statement = (
        select(Reminder)
        .where(Reminder.postmortem_id == postmortem_id)
        .order_by(col(Reminder.due_at), col(Reminder.recipient))
    )
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return list((await session.exec(statement)).all())


async def of_recipient(session: AsyncSession, recipient: str) -> list[Reminder]:
    """What one recipient will hear of, soonest first."""
    found = await session.exec(select(Reminder).where(Reminder.recipient == recipient).order_by(col(Reminder.due_at)))
    return list(found.all())


async def claim(session: AsyncSession, *, now: datetime, limit: int) -> list[Reminder]:
    """Take up to `limit` due reminders for this transaction; those in somebody's hands are left for later."""
    found = await session.exec(
        select(Reminder)
        .where(col(Reminder.due_at) <= now)
        .order_by(col(Reminder.due_at), col(Reminder.recipient))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(found.all())


async def lock_free(session: AsyncSession, postmortem_ids: Iterable[str]) -> list[str]:
    """Those of these postmortems that nobody is changing, by id; nobody changes them before this transaction ends."""
    found = await session.exec(
        select(Postmortem.id).where(col(Postmortem.id).in_(postmortem_ids)).with_for_update(skip_locked=True)
    )
    return list(found.all())


async def recipients(session: AsyncSession, postmortem_ids: Iterable[str]) -> set[tuple[str, str]]:
    """Who will hear of these postmortems, as pairs of a postmortem's id and a recipient."""
    wanted = select(Reminder.postmortem_id, Reminder.recipient).where(col(Reminder.postmortem_id).in_(postmortem_ids))
    return {(postmortem_id, recipient) for postmortem_id, recipient in await session.exec(wanted)}


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next reminder is due; None when none is planned."""
    return (await session.exec(select(Reminder.due_at).order_by(col(Reminder.due_at)).limit(1))).first()
