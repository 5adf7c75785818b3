"""An incident in Slack: its cards show how it stands, and the thread of the one that counts tells what happened.

An incident that nobody declared in Slack has no card, and nothing is told of it there.
"""

from __future__ import annotations

from bot.usecases.messages import MessageKind
from bot.usecases.unit import Unit
from storage import deliveries, subject_deliveries
from storage.models import Delivery, Incident


async def show(unit: Unit, incident: Incident, *, event_id: int | None = None, besides_channel: bool = False) -> None:
    """Have its cards show how it stands, and, with an event, the thread of its card tell it.

    `besides_channel`: its own channel, if it has one, is brought up to date too: who is in it, and its topic.
    """
    cards = await deliveries.kept_up(unit.session, kind=MessageKind.INCIDENT, subject=incident.id)
    for each in cards:
        await unit.tell(MessageKind.INCIDENT, incident.id, each.recipient)
    home = _home(incident, cards)
    if home and event_id is not None:
        await unit.tell(MessageKind.INCIDENT_HISTORY, str(event_id), home, {"incident_id": incident.id})
    if besides_channel and incident.has_own_channel:
        await _keep_channel(unit, incident)


async def show_alerts(unit: Unit, incident: Incident) -> None:
    """Have the messages of its alerts tell how it stands. They come before its cards: whoever holds an alert has its
    messages edited in the same order, and two at once never wait for each other in a circle.
    """
    await subject_deliveries.renew_of_alerts(unit.session, incident.id, kind=MessageKind.ALERT, now=unit.now)


async def _keep_channel(unit: Unit, incident: Incident) -> None:
    for each in await deliveries.kept_up(unit.session, kind=MessageKind.INCIDENT_CHANNEL, subject=incident.id):
        await unit.tell(MessageKind.INCIDENT_CHANNEL, incident.id, each.recipient)


def _home(incident: Incident, cards: list[Delivery]) -> str | None:
    """Where it goes on: its channel, else where its first card was sent."""
    there = [each.recipient for each in cards]
    return incident.channel if incident.channel in there else next(iter(there), None)
