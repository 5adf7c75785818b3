"""Take the messages that are due, for the length of a lease."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.queries.deliveries import EVERYTHING, AtHand
from bot.usecases.messages import WAKING, MessageKind
from bot.usecases.unit import Unit
from storage import deliveries
from storage.models import Delivery

LEASE = timedelta(seconds=60)
"""How long one sender may hold a message; longer than Slack's slowest answer and our patience with it."""
MOST_TO_ONE = 5
"""How many messages to one recipient are in hand: a channel takes one a second."""


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


async def claim(unit: Unit, at_hand: AtHand = EVERYTHING, *, limit: int = 20) -> list[Claimed]:
    """Up to `limit` messages that are due and at hand; nobody else gets them before the lease ends.

    What wakes people comes first, else the oldest. A few to each recipient: what is to be told at once is not to stand
    behind many. A Home tab comes besides, if one is due: to draw one is as much work as to answer several people, who
    wait.
    """
    home = MessageKind.HOME
    rows = await _claim(unit, replace(at_hand, besides=at_hand.besides | {home}), limit=limit)
    if home not in at_hand.besides and at_hand.kinds is None:
        rows += await _claim(unit, replace(at_hand, kinds=frozenset({home})), limit=1)
    return _taken(unit, rows)


async def claim_home(unit: Unit, person_id: str) -> list[Claimed]:
    """A person's Home tab, if it is due, and nothing else."""
    kinds = [MessageKind.HOME]
    rows = await deliveries.claim(unit.session, now=unit.now, lease=LEASE, limit=1, kinds=kinds, subject=person_id)
    return _taken(unit, rows)


async def _claim(unit: Unit, at_hand: AtHand, *, limit: int) -> list[tuple[Delivery, bool]]:
    return await deliveries.claim(
        unit.session,
        now=unit.now,
        lease=LEASE,
        limit=limit,
        most_to_one=MOST_TO_ONE,
        first=WAKING,
        kinds=at_hand.kinds,
        besides=at_hand.besides,
        not_to=at_hand.not_to,
        edits=at_hand.edits,
    )


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
