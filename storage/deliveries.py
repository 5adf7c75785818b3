"""Messages on their way to Slack, in the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import and_, col, delete, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import ActionItem, Delivery, DeliveryState


async def open_one(
    session: AsyncSession, *, kind: str, subject: str, recipient: str, lock: bool = True
) -> Delivery | None:
    """The message of that kind about that subject to that recipient which is still kept up, if there is one.

    With `lock` nobody else changes it before this transaction ends.
    """
    statement = select(Delivery).where(
        Delivery.kind == kind,
        Delivery.subject == subject,
        Delivery.recipient == recipient,
        Delivery.state != DeliveryState.CLOSED,
    )
    return (await session.exec(statement.with_for_update() if lock else statement)).first()


async def open_ones(session: AsyncSession, *, kind: str, subjects: Collection[str]) -> list[Delivery]:
    """The messages of that kind about these subjects that are still kept up; nobody else changes them meanwhile."""
    wanted = select(Delivery).where(
        Delivery.kind == kind, col(Delivery.subject).in_(subjects), Delivery.state != DeliveryState.CLOSED
    )
    ordered = wanted.order_by(col(Delivery.subject), col(Delivery.recipient))
    return list((await session.exec(ordered.with_for_update())).all())


async def kept_up(session: AsyncSession, *, kind: str, subject: str) -> list[Delivery]:
    """The messages of that kind about that subject that are still kept up."""
    wanted = select(Delivery).where(
        Delivery.kind == kind, Delivery.subject == subject, Delivery.state != DeliveryState.CLOSED
    )
    return list((await session.exec(wanted.order_by(col(Delivery.recipient)))).all())


async def told_since(session: AsyncSession, *, kind: str, recipient: str, since: datetime) -> list[str]:
    """The subjects of the messages of that kind that have reached a recipient and were wanted since then."""
    wanted = select(Delivery.subject).where(
        Delivery.kind == kind,
        Delivery.recipient == recipient,
        Delivery.state == DeliveryState.SENT,
        Delivery.created_at >= since,
    )
    return list((await session.exec(wanted)).all())


async def about_actions(session: AsyncSession, *, kind: str, postmortem_id: str) -> list[Delivery]:
    """The messages of that kind about the actions of a postmortem that are still kept up."""
    ids = select(ActionItem.id).where(ActionItem.postmortem_id == postmortem_id)
    wanted = select(Delivery).where(
        Delivery.kind == kind, col(Delivery.subject).in_(ids), Delivery.state != DeliveryState.CLOSED
    )
    return list((await session.exec(wanted.order_by(col(Delivery.subject), col(Delivery.recipient)))).all())


async def touch(
    session: AsyncSession, *, kind: str, subject: str, recipient: str, details: dict[str, Any], now: datetime
) -> Delivery:
    """Make the message due: the one already there for an edit, or a new one."""
    row = await open_one(session, kind=kind, subject=subject, recipient=recipient)
    if row is None:
        return add(session, kind=kind, subject=subject, recipient=recipient, details=details, now=now)
    renew(row, details=details, now=now)
    return row


async def touch_each(session: AsyncSession, *, kind: str, recipients: Mapping[str, str], now: datetime) -> None:
    """The same for a message about each of many subjects, to the recipient that it is given with; looked up at once."""
    if not recipients:
        return
    there = {(each.subject, each.recipient): each for each in await open_ones(session, kind=kind, subjects=recipients)}
    for subject, recipient in recipients.items():
        if row := there.get((subject, recipient)):
            renew(row, details={}, now=now)
        else:
            add(session, kind=kind, subject=subject, recipient=recipient, details={}, now=now)


def add(
    session: AsyncSession, *, kind: str, subject: str, recipient: str, details: dict[str, Any], now: datetime
) -> Delivery:
    """A new message, due at once; there must be none that is still kept up."""
    row = Delivery(kind=kind, subject=subject, recipient=recipient, details=details, due_at=now, created_at=now)
    session.add(row)
    return row


def renew(row: Delivery, *, details: dict[str, Any], now: datetime) -> None:
    """Make a message that is kept up due for an edit."""
    row.details = details
    row.revision += 1
    row.due_at = min(row.due_at, now) if row.state == DeliveryState.DUE else now
    row.attempts = 0
    if row.state != DeliveryState.SENDING:
        row.state = DeliveryState.DUE


async def close(session: AsyncSession, *, kind: str, subject: str, recipient: str | None = None) -> None:
    """Keep that message up no longer (without a recipient: none of them): what is told next becomes a new message.

    Nothing that was not told yet is lost: an edit that is due becomes the new message, and a new message that is in a
    sender's hands stays. An edit in a sender's hands is its last.
    """
    statement = select(Delivery).where(
        Delivery.kind == kind, Delivery.subject == subject, Delivery.state != DeliveryState.CLOSED
    )
    if recipient is not None:
        statement = statement.where(Delivery.recipient == recipient)
    for row in await session.exec(statement.order_by(col(Delivery.recipient)).with_for_update()):
        let_go(row)


def let_go(row: Delivery) -> None:
    """Close one message, as `close` does."""
    if row.state == DeliveryState.DUE:
        row.channel = row.ts = None
    elif row.state != DeliveryState.SENDING or row.ts is not None:
        row.state = DeliveryState.CLOSED


async def claim(
    session: AsyncSession,
    *,
    now: datetime,
    lease: timedelta,
    limit: int,
    besides: str | None = None,
    kind: str | None = None,
    subject: str | None = None,
) -> list[tuple[Delivery, bool]]:
    """Take up to `limit` due messages for the length of a lease, the oldest first; nobody else gets them meanwhile.

    Those of the kind `besides` are left, and with a `kind` or a `subject` those of all others. Of the same instant a
    card comes before the lines of its thread, and these in the order of their events.

    Counts as due: what is due, and what a sender that vanished left in `sending` past its lease; the latter are marked
    by the second of each pair.
    """
    due = and_(col(Delivery.state) == DeliveryState.DUE, col(Delivery.due_at) <= now)
    forsaken = and_(col(Delivery.state) == DeliveryState.SENDING, col(Delivery.lease_until) <= now)
    meant = [] if besides is None else [col(Delivery.kind) != besides]
    meant += [] if kind is None else [col(Delivery.kind) == kind]
    meant += [] if subject is None else [col(Delivery.subject) == subject]
    found = await session.exec(
        select(Delivery)
        .where(or_(due, forsaken), *meant)
        .order_by(
            col(Delivery.due_at),
            col(Delivery.created_at),
            col(Delivery.kind),
            func.length(col(Delivery.subject)),
            col(Delivery.subject),
        )
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = [(row, row.state == DeliveryState.SENDING) for row in found.all()]
    for row, _ in rows:
        row.state = DeliveryState.SENDING
        row.lease_until = now + lease
        row.attempts += 1
    return rows


async def by_id(session: AsyncSession, delivery_id: str, *, lock: bool = False) -> Delivery | None:
    """The message with that id; with `lock` nobody else changes it before this transaction ends."""
    return await session.get(Delivery, delivery_id, with_for_update=lock or None)


async def purge(session: AsyncSession, *, before: datetime, limit: int) -> int:
    """Delete up to `limit` closed or failed messages last due before then; answers how many."""
    old = (
        select(Delivery.id)
        .where(col(Delivery.state).in_([DeliveryState.CLOSED, DeliveryState.FAILED]), col(Delivery.due_at) < before)
        .order_by(col(Delivery.due_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    found = (await session.exec(old)).all()
    await session.exec(delete(Delivery).where(col(Delivery.id).in_(found)))
    return len(found)


async def next_due(session: AsyncSession, *, besides: str | None = None) -> datetime | None:
    """When the next message is due, or a lease runs out; None when nothing waits. The kind `besides` does not count."""
    waiting = [col(Delivery.state) == DeliveryState.DUE]
    if besides:
        waiting.append(col(Delivery.kind) != besides)
    due = (await session.exec(select(Delivery.due_at).where(*waiting).order_by(col(Delivery.due_at)).limit(1))).first()
    lease = (
        await session.exec(
            select(Delivery.lease_until)
            .where(Delivery.state == DeliveryState.SENDING)
            .order_by(col(Delivery.lease_until))
            .limit(1)
        )
    ).first()
    return min((moment for moment in (due, lease) if moment), default=None)
