"""Messages on their way, and where those stand that have arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.queries.reading import Reading
from storage import deliveries
from storage.models import DeliveryState


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands in Slack; without `ts` it is not there, and `is_coming` says whether it will be."""

    channel: str | None
    ts: str | None
    is_coming: bool


@dataclass(frozen=True, slots=True)
class AtHand:
    """Which messages a sender can take up at a moment: of these kinds (None: of all), but not of those `besides`.

    `not_to` are recipients who are being told something; without `edits` only new messages.
    """

    kinds: frozenset[str] | None = None
    besides: frozenset[str] = frozenset()
    not_to: frozenset[str] = frozenset()
    edits: bool = True


EVERYTHING = AtHand()


async def next_due(reading: Reading, at_hand: AtHand = EVERYTHING) -> datetime | None:
    """When the next message is due, or a vanished sender's lease runs out; None when nothing waits.

    Messages that are not at hand are not looked at.
    """
    return await deliveries.next_due(
        reading.session,
        kinds=at_hand.kinds,
        besides=at_hand.besides,
        not_to=at_hand.not_to,
        edits=at_hand.edits,
    )


async def place_of(reading: Reading, *, kind: str, subject: str, recipient: str) -> Place | None:
    """Where the message of that kind about that subject to that recipient stands; None when there is none."""
    row = await deliveries.open_one(reading.session, kind=kind, subject=subject, recipient=recipient, lock=False)
    if row is None:
        return None
    return Place(row.channel, row.ts, row.state in {DeliveryState.DUE, DeliveryState.SENDING})
