"""Messages about an alert, as they read now: in its channel, to who is called, and to who paged them."""

from __future__ import annotations

from bot.queries import deliveries, people
from bot.queries.alert_outlook import AlertOutlook, handed_over, nobody_called, outlook, was_said_lately
from bot.queries.alerts import AlertView
from bot.queries.last_resort import last_resort
from bot.queries.reading import Reading
from bot.slack.cards.alert import alert_card, gone_card, nobody_card
from bot.slack.cards.alert_paged import asked_card, paged_card
from bot.slack.cards.blocks import Card, context
from bot.slack.rendered import Replied, Told, is_direct
from bot.usecases.deliveries.claim import Claimed
from bot.usecases.messages import MessageKind
from bot.vocabulary import RecipientState

WHY_YOU = "It has no channel and reached nobody, so you hear of it: you lead its team, or are an admin."
MOST_PASSED_ON = 2
"""How often a response URL tells that a page went on to the next: it is good for two answers more."""
CHANNEL_ADDRESS = "https://slack.com/app_redirect?channel={channel}"
MESSAGE_ADDRESS = f"{CHANNEL_ADDRESS}&message_ts={{ts}}"
"""Lead there in whatever workspace somebody is signed in to."""


async def alert(reading: Reading, claimed: Claimed) -> Told | None:
    """Its message in its channel. Those who are called ring once: where it is new.

    Of one that names nobody to call only its channel hears: where that refuses, who minds it does.
    """
    found = await outlook(reading, claimed.subject)
    if found is None:
        return _gone(claimed)
    names_nobody = not found.view.responders and not found.view.recipients
    minder = await _minder(reading, found.view) if names_nobody else None
    return Told(alert_card(found, now=reading.now, is_new=claimed.ts is None), instead=minder)


async def paged(reading: Reading, claimed: Claimed) -> Told | None:
    """To who is called; edited to what became of it. Who is an outsider by now is told no more."""
    found = await outlook(reading, claimed.subject)
    me = await people.by_slack_id(reading, claimed.recipient)
    if found is None:
        return _gone(claimed)
    if me is None or me.is_outsider or (claimed.ts is None and not _concerns(found, me.id)):
        return None
    is_owner = found.view.owner is not None and found.view.owner.id == me.id
    card = paged_card(
        found,
        me,
        now=reading.now,
        link=await _link(reading, found),
        through=str(claimed.details.get("through", "")),
        handed=await handed_over(reading, found.view) if is_owner else None,
    )
    return Told(card)


async def nobody_on_call(reading: Reading, claimed: Claimed) -> Told | None:
    """Into the channel, loudly; where that refuses, to a lead of the team, an admin, or who paged.

    In a storm of alerts it is said once: the message of each alert says so too. Where there is no channel, so that
    people are told in its place, there is no such message either: they hear of each alert.
    """
    event = await nobody_called(reading, int(claimed.subject))
    found = await outlook(reading, event.alert_id) if event else None
    if event is None or found is None:
        return _gone(claimed)
    kind, channel = MessageKind.NOBODY_ON_CALL, claimed.recipient
    is_seen_to = found.view.acknowledged or not found.view.is_open
    if claimed.ts is None and is_seen_to:
        return None
    if is_direct(channel):
        card = nobody_card(found, event, now=reading.now, is_new=False)
        return Told(Card(card.text, (*card.blocks, context(WHY_YOU))))
    if claimed.ts is None and await was_said_lately(reading, event, kind=kind, channel=channel):
        return None
    is_shared = channel.startswith(("C", "G"))  # without a channel a few people are told, each by direct message
    card = nobody_card(found, event, now=reading.now, is_new=is_shared and claimed.ts is None)
    return Told(card, instead=await _minder(reading, found.view))


async def page(reading: Reading, claimed: Claimed) -> Replied | Told | None:
    """To who paged somebody, where they were answered: what has become of it.

    That it went on to the next is no news to wake anybody: where that cannot be said by the response URL, of whose five
    answers the last are kept for the news, one direct message says it, and is edited from then on.
    """
    found = await outlook(reading, claimed.subject)
    if found is None:
        return None
    url, passed_on = claimed.details["url"], claimed.details.get("passed_on", 0)
    is_waiting = found.view.is_open and not found.view.acknowledged
    if is_waiting and (passed_on > MOST_PASSED_ON or (passed_on and not url)):
        return Told(asked_card(found))
    return Replied(asked_card(found), url, replace=claimed.details["replaces"])


async def _minder(reading: Reading, view: AlertView) -> str | None:
    """Who is told of it where its channel refuses: a lead of its team, else an admin, else who paged."""
    found = next(iter(await last_resort(reading, view.owner_team_id)), view.created_by)
    return found.slack_id if found else None


def _gone(claimed: Claimed) -> Told | None:
    """What a message becomes whose alert was deleted."""
    return Told(gone_card()) if claimed.ts else None


def _concerns(found: AlertOutlook, user_id: str) -> bool:
    """Whether there is still something to tell somebody who was not told yet.

    An acknowledgement spares those who were to be told before it. Who is called after it is meant all the same: by a
    step that waits for the end only, or by somebody who wants them besides.
    """
    view = found.view
    if not view.is_open:
        return False
    taken_at = view.acknowledged_at if view.acknowledged else None
    is_waited_for = any(
        each.person.id == user_id
        and each.state is RecipientState.NOTIFIED
        and (not view.acknowledged or (taken_at is not None and each.updated_at > taken_at))
        for each in view.recipients
    )
    return is_waited_for or (view.owner is not None and view.owner.id == user_id)


async def _link(reading: Reading, found: AlertOutlook) -> str:
    """To its message in the channel; to the channel alone where that is only on its way. Nobody waits for it."""
    if found.view.channel is None:
        return ""
    place = await deliveries.place_of(
        reading, kind=MessageKind.ALERT, subject=found.view.id, recipient=found.view.channel
    )
    if place is None or not place.ts or not place.channel:
        return CHANNEL_ADDRESS.format(channel=found.view.channel)
    return MESSAGE_ADDRESS.format(channel=place.channel, ts=place.ts)
