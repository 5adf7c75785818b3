"""Messages about one incident, as they read now; and its channel, as it is to be now."""

from __future__ import annotations

from functools import partial

from bot.queries import deliveries, incident_cards, incident_history
from bot.queries.incident_cards import IncidentCardView
from bot.queries.reading import Reading
from bot.slack.cards.incident import gone_card, incident_card
from bot.slack.cards.incident_history import incident_history_card
from bot.slack.incident_channels import PATIENT_ATTEMPTS, WantedChannel, open_or_keep
from bot.slack.rendered import Arranged, NotYet, Told
from bot.usecases.deliveries.claim import Claimed
from bot.usecases.messages import MessageKind
from bot.vocabulary import IncidentRole

GONE = "This incident"


async def card(reading: Reading, claimed: Claimed) -> Told | None:
    """The card; where its channel refuses, whoever leads it gets it."""
    view = await incident_cards.by_id(reading, claimed.subject)
    if view is None:
        return Told(gone_card(GONE)) if claimed.ts else None
    return Told(incident_card(view, place=claimed.channel or claimed.recipient), instead=_leader(view))


async def history_line(reading: Reading, claimed: Claimed) -> Told | NotYet | None:
    """A line in the thread of the card, once the card is there."""
    event = await incident_history.by_id(reading, int(claimed.subject))
    if event is None:
        return None
    place = await deliveries.place_of(
        reading, kind=MessageKind.INCIDENT, subject=event.incident_id, recipient=claimed.recipient
    )
    if place is None:
        return None
    if place.ts is None or place.channel is None:
        return NotYet() if place.is_coming else None
    view = await incident_cards.by_id(reading, event.incident_id)
    leader = _leader(view) if view else None
    return Told(incident_history_card(event), thread_ts=place.ts, channel=place.channel, instead=leader)


async def channel(reading: Reading, claimed: Claimed) -> Arranged | None:
    """Its own channel, to be made or brought up to date."""
    view = await incident_cards.by_id(reading, claimed.subject)
    if view is None:
        return None
    people = [*([view.declared_by] if view.declared_by else []), *view.roles.values(), *view.responders]
    wanted = WantedChannel(
        incident_id=view.id,
        number=view.number,
        title=view.title,
        topic=_topic(view),
        since=view.created_at,
        people={each.slack_id: each.name for each in people if each.slack_id},
        there=view.channel if view.has_own_channel else None,
        tried_before=claimed.forsaken or claimed.attempts > 1,
        is_patient=claimed.attempts <= PATIENT_ATTEMPTS,
    )
    return Arranged(partial(open_or_keep, wanted))


def _topic(view: IncidentCardView) -> str:
    leader = view.roles.get(IncidentRole.COMMANDER)
    led = f" · commander {leader.name}" if leader else ""
    return f"{view.label} · {view.severity} · {view.status}{led}"


def _leader(view: IncidentCardView) -> str | None:
    return view.leader.slack_id if view.leader else None
