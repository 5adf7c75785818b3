"""Messages, several at once and without reading any: what `deliveries` does to one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import case, text, tuple_
from sqlmodel import and_, col, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.inserting import Put, Row
from storage.models import Alert, Delivery, DeliveryState, IncidentAlert
from storage.models.base import new_id


class Message(NamedTuple):
    """A message about a subject: its kind, to whom it goes by their id in Slack, and what is told along."""

    kind: str
    subject: str
    recipient: str
    details: Mapping[str, Any] = MappingProxyType({})


def _again(statement: Any) -> Any:
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["kind", "subject", "recipient"],
        index_where=text("state != 'closed'"),
        set_={"details": new.details, **_renewed(new.due_at)},
    )


def _renewed(now: Any) -> dict[str, Any]:
    """What `deliveries.renew` does to a row, said to the database."""
    is_waiting = and_(col(Delivery.state) == DeliveryState.DUE, col(Delivery.due_at) <= now)
    is_sending = col(Delivery.state) == DeliveryState.SENDING
    return {
        "revision": col(Delivery.revision) + 1,
        "due_at": case((is_waiting, col(Delivery.due_at)), else_=now),
        "attempts": 0,
        "state": case((is_sending, DeliveryState.SENDING), else_=DeliveryState.DUE),
    }


_ROW: Mapping[str, Any] = {
    "state": DeliveryState.DUE,
    "revision": 1,
    "sent_revision": 0,
    "attempts": 0,
    "failure": "",
}
_COLUMNS = ("id", "kind", "subject", "recipient", "details", "due_at", "created_at", *_ROW)
TOUCHED = Put(Delivery, _COLUMNS, _again)
"""Messages that are due, those already there for an edit: `touched_rows`."""


def touched_rows(messages: Sequence[Message], *, now: datetime) -> list[Row]:
    """Messages that are due now."""
    return [
        {
            **_ROW,
            "id": new_id(),
            "kind": each.kind,
            "subject": each.subject,
            "recipient": each.recipient,
            "details": dict(each.details),
            "due_at": now,
            "created_at": now,
        }
        for each in sorted(messages, key=lambda each: each[:3])
    ]


async def renew(session: AsyncSession, *, subject: str, kinds: Collection[str], now: datetime) -> None:
    """Make those of a subject's messages of these kinds that are kept up due for an edit; one statement."""
    await _renew_where(session, col(Delivery.subject) == subject, col(Delivery.kind).in_(kinds), now=now)


async def renew_of_incidents(session: AsyncSession, alert_number: int, *, kind: str, now: datetime) -> None:
    """The same of the messages of that kind of every incident to which an alert belongs."""
    found = select(IncidentAlert.incident_id).where(IncidentAlert.alert_number == alert_number)
    await _renew_where(session, col(Delivery.subject).in_(found), col(Delivery.kind) == kind, now=now)


async def renew_of_alerts(session: AsyncSession, incident_id: str, *, kind: str, now: datetime) -> None:
    """The same of those of every alert that belongs to an incident."""
    joined = select(Alert.id).join(IncidentAlert, col(IncidentAlert.alert_number) == Alert.number)
    found = joined.where(IncidentAlert.incident_id == incident_id)
    await _renew_where(session, col(Delivery.subject).in_(found), col(Delivery.kind) == kind, now=now)


async def hasten(session: AsyncSession, *, key: str, value: str, now: datetime) -> None:
    """Have those whose details say `value` under `key`, and that wait to be sent, wait no longer; one statement."""
    waits = and_(col(Delivery.state) == DeliveryState.DUE, col(Delivery.due_at) > now)
    statement = update(Delivery).where(waits, col(Delivery.details)[key].as_string() == value).values(due_at=now)
    await session.exec(statement, execution_options={"synchronize_session": False})


async def _renew_where(session: AsyncSession, *meant: Any, now: datetime) -> None:
    statement = update(Delivery).where(*meant, col(Delivery.state) != DeliveryState.CLOSED)
    await session.exec(statement.values(**_renewed(now)), execution_options={"synchronize_session": False})


async def renew_later(session: AsyncSession, *, kind: str, subject: str, at: datetime) -> None:
    """Have a subject's messages of that kind edited, at that instant if nothing has them edited sooner; one statement.

    Whatever changes until then is shown by the same edit.
    """
    is_waiting = col(Delivery.state) == DeliveryState.DUE
    statement = update(Delivery).where(
        col(Delivery.kind) == kind,
        col(Delivery.subject) == subject,
        col(Delivery.state).in_([DeliveryState.DUE, DeliveryState.SENDING, DeliveryState.SENT]),
    )
    values = {
        "revision": col(Delivery.revision) + 1,
        "due_at": case((is_waiting, col(Delivery.due_at)), else_=at),
        "state": case((col(Delivery.state) == DeliveryState.SENT, DeliveryState.DUE), else_=col(Delivery.state)),
    }
    await session.exec(statement.values(**values), execution_options={"synchronize_session": False})


async def close_ended(session: AsyncSession, kinds: Collection[str], *, ended_before: datetime, limit: int) -> int:
    """Keep up to `limit` messages up no longer whose alert was closed before then, or is deleted; answers how many.

    What is about no alert goes likewise, once it was last due before then.

    What is still to be sent, or edited, stays. Those that have ended stay out of every search for open ones.
    """
    over = (
        select(Delivery.id)
        .outerjoin(Alert, col(Alert.id) == Delivery.subject)
        .where(
            col(Delivery.kind).in_(kinds),
            col(Delivery.state) == DeliveryState.SENT,
            col(Delivery.due_at) < ended_before,
            or_(col(Alert.id).is_(None), col(Alert.closed_at) < ended_before),
        )
        .limit(limit)
    )
    found = (await session.exec(over)).all()
    closed = update(Delivery).where(col(Delivery.id).in_(found), col(Delivery.state) == DeliveryState.SENT)
    await session.exec(closed.values(state=DeliveryState.CLOSED), execution_options={"synchronize_session": False})
    return len(found)


async def let_go(session: AsyncSession, messages: Sequence[Message]) -> None:
    """Close these messages, as `deliveries.close` does: what is told next becomes a new one. One statement."""
    if not messages:
        return
    place = tuple_(col(Delivery.kind), col(Delivery.subject), col(Delivery.recipient))
    is_due = col(Delivery.state) == DeliveryState.DUE
    is_edited = and_(col(Delivery.state) == DeliveryState.SENDING, col(Delivery.ts).is_not(None))
    was_told = col(Delivery.state).in_([DeliveryState.SENT, DeliveryState.FAILED])
    values = {
        "channel": case((is_due, None), else_=col(Delivery.channel)),
        "ts": case((is_due, None), else_=col(Delivery.ts)),
        "state": case((or_(was_told, is_edited), DeliveryState.CLOSED), else_=col(Delivery.state)),
    }
    meant = place.in_([tuple(each[:3]) for each in messages])
    statement = update(Delivery).where(meant, col(Delivery.state) != DeliveryState.CLOSED).values(**values)
    await session.exec(statement, execution_options={"synchronize_session": False})
