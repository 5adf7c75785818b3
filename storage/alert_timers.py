"""What is to be done about alerts, and when, in the database. Who holds an alert's row holds its timers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.vocabulary import AlertStep
from storage.inserting import Put, Row
from storage.models import Alert, AlertTimer

PLANNED = Put(AlertTimer, ("alert_number", "step", "due_at", "details"))
"""What is to be done: `planned_rows`."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A step and when it is due; what the step needs to know is in `details`."""

    step: AlertStep
    due_at: datetime
    details: Mapping[str, Any]


async def add(session: AsyncSession, number: int, planned: Sequence[Planned]) -> None:
    """Plan these for an alert; one statement."""
    await PLANNED.into(session, planned_rows([(number, each) for each in planned]))


def planned_rows(planned: Sequence[tuple[int, Planned]]) -> list[Row]:
    """What is planned for alerts, by their numbers."""
    return [
        {"alert_number": number, "step": each.step, "due_at": each.due_at, "details": dict(each.details)}
        for number, each in planned
    ]


async def remove(session: AsyncSession, number: int, steps: Collection[AlertStep]) -> None:
    """Give up these steps of an alert; one statement."""
    await session.exec(
        delete(AlertTimer).where(col(AlertTimer.alert_number) == number, col(AlertTimer.step).in_(steps)),
        execution_options={"synchronize_session": False},
    )


async def pending(session: AsyncSession, number: int, *steps: AlertStep) -> list[AlertTimer]:
    """What is planned of those steps for an alert, soonest first."""
    wanted = select(AlertTimer).where(AlertTimer.alert_number == number, col(AlertTimer.step).in_(steps))
    return list((await session.exec(wanted.order_by(col(AlertTimer.due_at), col(AlertTimer.id)))).all())


async def hold_due(session: AsyncSession, *, now: datetime, limit: int) -> dict[int, Alert]:
    """Up to `limit` alerts with something due, by number, soonest due first; those in somebody's hands are left."""
    due = (
        select(AlertTimer.alert_number)
        .where(col(AlertTimer.due_at) <= now)
        .order_by(col(AlertTimer.due_at), col(AlertTimer.id))
        .limit(limit)
    )
    numbers = list(dict.fromkeys((await session.exec(due)).all()))
    if not numbers:
        return {}
    found = select(Alert).where(col(Alert.number).in_(numbers)).with_for_update(skip_locked=True)
    held = {row.number: row for row in await session.exec(found.execution_options(populate_existing=True))}
    return {number: held[number] for number in numbers if number in held}


async def take_due(session: AsyncSession, numbers: Collection[int], *, now: datetime) -> dict[int, list[Planned]]:
    """What is due for alerts that are held, by number, soonest first; one statement.

    It is gone with this transaction, done by nobody else.
    """
    taken: Any = await session.exec(
        delete(AlertTimer)
        .where(col(AlertTimer.alert_number).in_(numbers), col(AlertTimer.due_at) <= now)
        .returning(
            col(AlertTimer.alert_number),
            col(AlertTimer.due_at),
            col(AlertTimer.id),
            col(AlertTimer.step),
            col(AlertTimer.details),
        ),
        execution_options={"synchronize_session": False},
    )
    found: dict[int, list[Planned]] = {}
    for row in sorted(taken.all(), key=lambda row: (row.due_at, row.id)):
        found.setdefault(row.alert_number, []).append(Planned(AlertStep(row.step), row.due_at, row.details))
    return found


async def put_off(session: AsyncSession, number: int, *, due_by: datetime, until: datetime) -> None:
    """What was due for an alert is due later."""
    await session.exec(
        update(AlertTimer)
        .where(col(AlertTimer.alert_number) == number, col(AlertTimer.due_at) <= due_by)
        .values(due_at=until),
        execution_options={"synchronize_session": False},
    )


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next step is due; None when none is planned."""
    return (await session.exec(select(AlertTimer.due_at).order_by(col(AlertTimer.due_at)).limit(1))).first()
