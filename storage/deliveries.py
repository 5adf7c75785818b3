"""Messages on their way to Slack, in the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, literal
from sqlmodel import and_, col, delete, func, or_, select, union_all
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.inserting import Row
from storage.models import ActionItem, Delivery, DeliveryState
from storage.subject_deliveries import TOUCHED, Message, touched_rows

_TOUCHED = "touched messages"


async def open_one(
    session: AsyncSession, *, kind: str, subject: str, recipient: str, lock: bool = True
) -> Delivery | None:
    """The message of that kind about that subject to that recipient which is still kept up, if there is one.

    With `lock` nobody else changes it before this transaction ends.
    """
    await _looking_at(session, kind)
    statement = select(Delivery).where(
        Delivery.kind == kind,
        Delivery.subject == subject,
        Delivery.recipient == recipient,
        Delivery.state != DeliveryState.CLOSED,
    )
    return (await session.exec(statement.with_for_update() if lock else statement)).first()


async def open_ones(session: AsyncSession, *, kind: str, subjects: Collection[str]) -> list[Delivery]:
    """The messages of that kind about these subjects that are still kept up; nobody else changes them meanwhile."""
    await _looking_at(session, kind)
    wanted = select(Delivery).where(
        Delivery.kind == kind, col(Delivery.subject).in_(subjects), Delivery.state != DeliveryState.CLOSED
    )
    ordered = wanted.order_by(col(Delivery.subject), col(Delivery.recipient))
    return list((await session.exec(ordered.with_for_update())).all())


async def kept_up(session: AsyncSession, *, kind: str, subject: str) -> list[Delivery]:
    """The messages of that kind about that subject that are still kept up."""
    await _looking_at(session, kind)
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


async def showing(
    session: AsyncSession, kinds: Collection[str], *, postmortem_id: str, incident_id: str
) -> list[Delivery]:
    """The messages of these kinds about a postmortem, its actions or its incident that are still kept up."""
    for kind in kinds:
        await _looking_at(session, kind)
    actions = select(ActionItem.id).where(ActionItem.postmortem_id == postmortem_id)
    subjects = union_all(select(literal(postmortem_id)), select(literal(incident_id)), actions)
    wanted = select(Delivery).where(
        col(Delivery.kind).in_(kinds), col(Delivery.subject).in_(subjects), Delivery.state != DeliveryState.CLOSED
    )
    ordered = wanted.order_by(col(Delivery.kind), col(Delivery.subject), col(Delivery.recipient))
    return list((await session.exec(ordered)).all())


async def touch(session: AsyncSession, message: Message, *, now: datetime) -> None:
    """Make the message due: the one already there for an edit, or a new one.

    Written down with all others of this transaction by `put_touched`, or once messages of its kind are looked at.
    Within a savepoint at once: what is rolled back is not told.
    """
    (row,) = touched_rows([message], now=now)
    if session.in_nested_transaction():
        await session.flush()
        await TOUCHED.into(session, [row])
    else:
        session.info.setdefault(_TOUCHED, {})[message[:3]] = row


async def put_touched(session: AsyncSession, *, last: str = "") -> None:
    """Write down all that was touched in this transaction, in one statement; those of the kind `last` after all others.

    Always in the same order, so that nobody waits for another in a circle.
    """
    touched: dict[tuple[str, str, str], Row] = session.info.pop(_TOUCHED, {})
    if touched:
        await session.flush()
        await TOUCHED.into(session, [touched[key] for key in sorted(touched, key=lambda key: (key[0] == last, key))])


async def _looking_at(session: AsyncSession, kind: str) -> None:
    """Have nothing of that kind wait to be written down: it is about to be read."""
    if any(key[0] == kind for key in session.info.get(_TOUCHED, ())):
        await put_touched(session)


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
    await _looking_at(session, kind)
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
    most_to_one: int | None = None,
    first: Collection[str] = (),
    kinds: Collection[str] | None = None,
    besides: Collection[str] = (),
    not_to: Collection[str] = (),
    edits: bool = True,
    subject: str | None = None,
) -> list[tuple[Delivery, bool]]:
    """Take up to `limit` due messages for the length of a lease, the oldest first; nobody else gets them meanwhile.

    To one recipient at most so many, and new ones of the kinds `first` before all others. With `kinds` or a `subject`
    all others are left, and so are the kinds `besides`, what goes to the recipients `not_to`, and without `edits` all
    that are in Slack already. Of the same instant a card comes before the lines of its thread, and these in the order
    of their events.

    Counts as due: what is due, and what a sender that vanished left in `sending` past its lease; the latter are marked
    by the second of each pair.
    """
    due = and_(col(Delivery.state) == DeliveryState.DUE, col(Delivery.due_at) <= now)
    forsaken = and_(col(Delivery.state) == DeliveryState.SENDING, col(Delivery.lease_until) <= now)
    meant = _meant(kinds=kinds, besides=besides, not_to=not_to, edits=edits)
    meant += [] if subject is None else [col(Delivery.subject) == subject]
    rank = [case((and_(col(Delivery.kind).in_(first), col(Delivery.ts).is_(None)), 0), else_=1)] if first else []
    found = await session.exec(
        select(Delivery)
        .where(or_(due, forsaken), *meant)
        .order_by(
            *rank,
            col(Delivery.due_at),
            col(Delivery.created_at),
            col(Delivery.kind),
            func.length(col(Delivery.subject)),
            col(Delivery.subject),
        )
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    to_each: Counter[str] = Counter()
    rows = []
    for row in found.all():
        to_each[row.recipient] += 1
        if most_to_one is None or to_each[row.recipient] <= most_to_one:
            rows.append((row, row.state == DeliveryState.SENDING))
    for row, _ in rows:
        row.state = DeliveryState.SENDING
        row.lease_until = now + lease
        row.attempts += 1
    return rows


def _meant(
    *, kinds: Collection[str] | None, besides: Collection[str], not_to: Collection[str], edits: bool
) -> list[ColumnElement[bool]]:
    meant: list[ColumnElement[bool]] = [] if kinds is None else [col(Delivery.kind).in_(kinds)]
    meant += [col(Delivery.kind).not_in(besides)] if besides else []
    meant += [col(Delivery.recipient).not_in(not_to)] if not_to else []
    return meant + ([] if edits else [col(Delivery.ts).is_(None)])


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


async def next_due(
    session: AsyncSession,
    *,
    kinds: Collection[str] | None = None,
    besides: Collection[str] = (),
    not_to: Collection[str] = (),
    edits: bool = True,
) -> datetime | None:
    """When the next message is due, or a lease runs out; None when nothing waits. What is left out is as in `claim`."""
    meant = _meant(kinds=kinds, besides=besides, not_to=not_to, edits=edits)
    due = select(Delivery.due_at).where(Delivery.state == DeliveryState.DUE, *meant)
    lease = select(Delivery.lease_until).where(Delivery.state == DeliveryState.SENDING, *meant)
    moments = (
        (await session.exec(due.order_by(col(Delivery.due_at)).limit(1))).first(),
        (await session.exec(lease.order_by(col(Delivery.lease_until)).limit(1))).first(),
    )
    return min((moment for moment in moments if moment), default=None)
