"""The message which says that nobody could be called to an alert, once somebody has seen to it."""

from __future__ import annotations

from bot.queries.alert_log import AlertHappening
from bot.usecases.messages import MessageKind
from bot.usecases.unit import Unit
from bot.vocabulary import AlertStatus
from storage import deliveries, events
from storage.models import Alert


async def quiet_down(unit: Unit, alert: Alert) -> None:
    """Have it edited, where there is one and it waits for nobody any more; two statements at most."""
    is_seen_to = alert.acknowledged or alert.status == AlertStatus.CLOSED
    if not is_seen_to:
        return
    event = await events.latest(unit.session, alert.id, AlertHappening.NOBODY_ON_CALL)
    if event is None:
        return
    for row in await deliveries.open_ones(unit.session, kind=MessageKind.NOBODY_ON_CALL, subjects=[str(event.id)]):
        deliveries.renew(row, details=row.details, now=unit.now)
