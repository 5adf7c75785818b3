"""Write down what became of a message that was in a sender's hands. One that was closed meanwhile stays closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.usecases.deliveries.claim import Claimed
from bot.usecases.messages import MessageKind
from bot.usecases.unit import Unit
from storage import deliveries
from storage.models import Delivery, DeliveryState


async def sent(unit: Unit, delivery_id: str, *, revision: int, channel: str, ts: str) -> None:
    """It is in Slack, as of that revision. Touched meanwhile, it is due again at once, as an edit."""
    row = await _held(unit, delivery_id)
    row.channel, row.ts, row.sent_revision, row.attempts, row.failure = channel, ts, revision, 0, ""
    if row.kind == MessageKind.ANSWER:
        row.state = DeliveryState.CLOSED  # it is never edited, so nothing needs to be known of it any more
    if row.state != DeliveryState.CLOSED:
        row.state = DeliveryState.SENT if row.revision == revision else DeliveryState.DUE
    row.lease_until = None


async def dropped(unit: Unit, delivery_id: str, *, revision: int) -> None:
    """There was nothing to tell as of that revision. Touched meanwhile, it is due again at once."""
    row = await _held(unit, delivery_id)
    if row.state == DeliveryState.CLOSED:
        return
    row.state = DeliveryState.CLOSED if row.revision == revision else DeliveryState.DUE
    row.lease_until = None


async def postponed(unit: Unit, delivery_id: str, *, wait: timedelta, why: str, counted: bool = True) -> None:
    """Not now: try again after the wait. Not `counted` where the fault is not the message's (a rate limit)."""
    row = await _held(unit, delivery_id)
    if row.state == DeliveryState.CLOSED:
        return
    row.state, row.due_at, row.lease_until, row.failure = DeliveryState.DUE, unit.now + wait, None, why
    if not counted:
        row.attempts = max(0, row.attempts - 1)


async def uncertain(unit: Unit, delivery_id: str, *, wait: timedelta, why: str, counted: bool = True) -> None:
    """Slack may or may not have taken it: the lease ends after the wait, and whoever takes it then looks for it."""
    row = await _held(unit, delivery_id)
    if row.state == DeliveryState.CLOSED:
        return
    row.lease_until, row.failure = unit.now + wait, why
    if not counted:
        row.attempts = max(0, row.attempts - 1)


async def returned(unit: Unit, delivery_id: str, *, claimed: Claimed, wait: timedelta) -> None:
    """It was not its turn: it is as it was before it was claimed, and due after the wait.

    Nothing happens where its lease ran out and another holds it.
    """
    row = await _held(unit, delivery_id)
    if row.state == DeliveryState.CLOSED or row.lease_until != claimed.lease_until:
        return
    row.attempts = max(0, row.attempts - 1)
    if claimed.forsaken:
        row.lease_until = unit.now + wait
    else:
        row.state, row.due_at, row.lease_until = DeliveryState.DUE, unit.now + wait, None


async def lost(unit: Unit, delivery_id: str) -> None:
    """The message it stood in is gone from Slack: it is due again, as a new one."""
    row = await _held(unit, delivery_id)
    if row.state == DeliveryState.CLOSED:
        return
    row.channel = row.ts = row.lease_until = None
    row.state, row.due_at = DeliveryState.DUE, unit.now


async def failed(unit: Unit, delivery_id: str, *, revision: int, why: str) -> None:
    """It cannot be told, now or later, as of that revision. Touched meanwhile, it is tried once more."""
    row = await _held(unit, delivery_id)
    if row.state == DeliveryState.CLOSED:
        return
    row.state = DeliveryState.FAILED if row.revision == revision else DeliveryState.DUE
    row.lease_until, row.failure = None, why


async def passed_on(unit: Unit, delivery_id: str, *, claimed: Claimed, people: Sequence[str], why: str) -> None:
    """Its channel refused it, as of that revision: each of these people, by their Slack ids, is told it instead."""
    await failed(unit, delivery_id, revision=claimed.revision, why=why)
    for slack_id in people:
        await unit.tell(claimed.kind, claimed.subject, slack_id, {"channel": claimed.recipient, "problem": why})


async def _held(unit: Unit, delivery_id: str) -> Delivery:
    row = await deliveries.by_id(unit.session, delivery_id, lock=True)
    assert row is not None, "a claimed delivery is never deleted"  # noqa: S101  a caller's mistake
    return row
