"""Write down what became of a message that was in a sender's hands."""

from __future__ import annotations

from datetime import timedelta

from bot.usecases.unit import Unit
from storage import deliveries
from storage.models import Delivery, DeliveryState


async def sent(unit: Unit, delivery_id: str, *, revision: int, channel: str, ts: str) -> None:
    """It is in Slack, as of that revision. Touched meanwhile, it is due again at once, as an edit."""
    row = await _held(unit, delivery_id)
    row.channel, row.ts, row.sent_revision, row.attempts, row.failure = channel, ts, revision, 0, ""
    if row.state != DeliveryState.CLOSED:
        row.state = DeliveryState.SENT if row.revision == revision else DeliveryState.DUE
    row.lease_until = None


async def dropped(unit: Unit, delivery_id: str) -> None:
    """There is nothing to tell any more."""
    row = await _held(unit, delivery_id)
    row.state, row.lease_until = DeliveryState.CLOSED, None


async def postponed(unit: Unit, delivery_id: str, *, wait: timedelta, why: str, counted: bool = True) -> None:
    """Not now: try again after the wait. Not `counted` where the fault is not the message's (a rate limit)."""
    row = await _held(unit, delivery_id)
    row.state, row.due_at, row.lease_until, row.failure = DeliveryState.DUE, unit.now + wait, None, why
    if not counted:
        row.attempts -= 1


async def uncertain(unit: Unit, delivery_id: str, *, wait: timedelta, why: str) -> None:
    """Slack may or may not have taken it: the lease is cut short, and whoever takes it over looks for it first."""
    row = await _held(unit, delivery_id)
    row.lease_until, row.failure = unit.now + wait, why


async def lost(unit: Unit, delivery_id: str) -> None:
    """The message it stood in is gone from Slack: it is due again, as a new one."""
    row = await _held(unit, delivery_id)
    row.channel = row.ts = row.lease_until = None
    row.state, row.due_at = DeliveryState.DUE, unit.now


async def failed(unit: Unit, delivery_id: str, *, why: str) -> None:
    """It cannot be told, now or later."""
    row = await _held(unit, delivery_id)
    row.state, row.lease_until, row.failure = DeliveryState.FAILED, None, why


async def _held(unit: Unit, delivery_id: str) -> Delivery:
    row = await deliveries.by_id(unit.session, delivery_id, lock=True)
    assert row is not None, "a claimed delivery is never deleted"  # noqa: S101
    return row
