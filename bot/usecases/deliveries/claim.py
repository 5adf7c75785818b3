"""Take the messages that are due, for the length of a lease."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.usecases.messages import MessageKind
from bot.usecases.unit import Unit
from storage import deliveries
from storage.models import Delivery

LEASE = timedelta(seconds=60)
"""How long one sender may hold a message; longer than Slack's slowest answer and our patience with it."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message in a sender's hands until `lease_until`.

    `forsaken`: it may have reached Slack already, since another held it and vanished, or Slack did not answer.
    """

    id: str
    kind: str
    subject: str
    recipient: str
    details: dict[str, Any]
    revision: int
    attempts: int
    channel: str | None
    ts: str | None
    forsaken: bool
    lease_until: datetime


async def claim(unit: Unit, *, limit: int = 20, with_home: bool = True) -> list[Claimed]:
    """Up to `limit` messages that are due, the oldest first; nobody else gets them before the lease ends.

    `with_home`: one Home tab besides, if one is due. To draw one is as much work as to answer several people, who wait.
    """
    rows = await deliveries.claim(unit.session, now=unit.now, lease=LEASE, limit=limit, besides=MessageKind.HOME)
    if with_home:
        rows += await deliveries.claim(unit.session, now=unit.now, lease=LEASE, limit=1, kind=MessageKind.HOME)
    return _taken(unit, rows)


async def claim_home(unit: Unit, person_id: str) -> list[Claimed]:
    """A person's Home tab, if it is due, and nothing else."""
    kind = MessageKind.HOME
    rows = await deliveries.claim(unit.session, now=unit.now, lease=LEASE, limit=1, kind=kind, subject=person_id)
    return _taken(unit, rows)


def _taken(unit: Unit, rows: Iterable[tuple[Delivery, bool]]) -> list[Claimed]:
    until = unit.now + LEASE
    return [_claimed(row, forsaken=was_sending, until=until) for row, was_sending in rows]


def _claimed(row: Delivery, *, forsaken: bool, until: datetime) -> Claimed:
    return Claimed(
        id=row.id,
        kind=row.kind,
        subject=row.subject,
        recipient=row.recipient,
        details=row.details,
        revision=row.revision,
        attempts=row.attempts,
        channel=row.channel,
        ts=row.ts,
        forsaken=forsaken,
        lease_until=until,
    )
