"""Write down an answer that could not be given at once: from then on it is a message like any other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.usecases.messages import MessageKind
from bot.usecases.unit import Unit
from storage.models import Delivery, DeliveryState


async def put_off(
    unit: Unit, delivery_id: str, recipient: str, *, content: Mapping[str, Any], wait: timedelta, why: str
) -> None:
    """Have it told by direct message after the wait, unless it is found there: Slack may have taken it.

    `delivery_id` is the id that it carried when it was tried, `content` what it says: `text`, `blocks`, `thread_ts`.
    """
    unit.session.add(
        Delivery(
            id=delivery_id,
            kind=MessageKind.ANSWER,
            subject=delivery_id,
            recipient=recipient,
            details=dict(content),
            state=DeliveryState.SENDING,
            due_at=unit.now,
            lease_until=unit.now + wait,
            attempts=1,
            failure=why,
            created_at=unit.now,
        )
    )
