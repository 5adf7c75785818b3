"""Who paged somebody is answered where they asked, and told there what has become of it."""

from __future__ import annotations

from bot.usecases.messages import MessageKind
from bot.usecases.unit import Unit
from bot.vocabulary import AlertStatus
from storage import deliveries
from storage.models import Alert, Delivery, DeliveryState


def keep_answering(unit: Unit, alert: Alert, *, slack_id: str, url: str, replaces: bool) -> None:
    """Remember by which response URL who paged, by their id in Slack, was answered that their page is on its way.

    `replaces`: what is said there takes the place of what was said before. Without a URL they are told by direct
    message.
    """
    unit.session.add(
        Delivery(
            kind=MessageKind.PAGE,
            subject=alert.id,
            recipient=slack_id,
            details={"url": url, "replaces": replaces, "told": _stands(alert)},
            state=DeliveryState.SENT,
            sent_revision=1,
            due_at=unit.now,
            created_at=unit.now,
        )
    )


async def tell_passed_on(unit: Unit, alert: Alert) -> None:
    """Have who paged told that somebody else was told since, who comes next."""
    if alert.created_by is None:
        return
    for row in await deliveries.open_ones(unit.session, kind=MessageKind.PAGE, subjects=[alert.id]):
        passed_on = row.details.get("passed_on", 0) + 1
        deliveries.renew(row, details={**row.details, "passed_on": passed_on}, now=unit.now)


async def tell_asker(unit: Unit, alert: Alert) -> None:
    """Have who paged told how the alert stands, where it stands otherwise than they were told last.

    A response URL is good for five answers: nothing is said twice.
    """
    if alert.created_by is None:
        return
    stands = _stands(alert)
    for row in await deliveries.open_ones(unit.session, kind=MessageKind.PAGE, subjects=[alert.id]):
        if row.details["told"] != stands:
            deliveries.renew(row, details={**row.details, "told": stands}, now=unit.now)


def _stands(alert: Alert) -> str:
    if alert.status == AlertStatus.CLOSED:
        return "closed"
    return f"acknowledged by {alert.acknowledged_by}" if alert.acknowledged else "open"
