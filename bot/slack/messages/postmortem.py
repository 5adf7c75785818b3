"""Messages about one postmortem, as they read now."""

from __future__ import annotations

from bot.queries import actions, deletions, deliveries, history, pages, postmortems
from bot.queries.reading import Reading
from bot.slack.cards.deletion import deleted_card, deleted_notice_card
from bot.slack.cards.history import history_card
from bot.slack.cards.notices import (
    announcement_card,
    assigned_card,
    changes_requested_card,
    commented_card,
    review_request_card,
)
from bot.slack.cards.postmortem import postmortem_card
from bot.slack.messages.deleted import until_undone
from bot.slack.rendered import NotYet, Told
from bot.usecases.deliveries.claim import Claimed
from bot.usecases.messages import MessageKind
from bot.vocabulary import PostmortemStatus


async def card(reading: Reading, claimed: Claimed) -> Told | NotYet | None:
    """The card; where its channel refuses, its owner gets it."""
    view = await postmortems.by_id(reading, claimed.subject)
    if view:
        return Told(postmortem_card(view), instead=view.owner.slack_id)
    if not claimed.ts:
        return await until_undone(reading, claimed, claimed.subject)
    deletion = await deletions.by_id(reading, claimed.subject)
    return Told(deleted_card(deletion, now=reading.now), instead=deletion.owner.slack_id) if deletion else None


async def history_line(reading: Reading, claimed: Claimed) -> Told | NotYet | None:
    """A line in the thread of the card, once the card is there; where its channel refuses, its owner gets it."""
    event = await history.by_id(reading, int(claimed.subject))
    if event is None:
        return await _of_event_until_undone(reading, claimed)
    place = await deliveries.place_of(
        reading, kind=MessageKind.CARD, subject=event.postmortem_id, recipient=claimed.recipient
    )
    if place is None:
        return None
    if place.ts is None or place.channel is None:
        return NotYet() if place.is_coming else None
    view = await postmortems.by_id(reading, event.postmortem_id)
    owner = view.owner.slack_id if view else None
    return Told(history_card(event), thread_ts=place.ts, channel=place.channel, instead=owner)


async def review_request(reading: Reading, claimed: Claimed) -> Told | NotYet | None:
    """To a reviewer; edited to what they said."""
    view = await postmortems.by_id(reading, claimed.subject)
    if view is None:
        return await _deleted(reading, claimed)
    me = next((each for each in view.reviewers if each.person.slack_id == claimed.recipient), None)
    return Told(review_request_card(view, me))


async def changes_requested(reading: Reading, claimed: Claimed) -> Told | NotYet | None:
    """To the owner: what has to change."""
    event = await history.by_id(reading, int(claimed.subject))
    return Told(changes_requested_card(event)) if event else await _of_event_until_undone(reading, claimed)


async def commented(reading: Reading, claimed: Claimed) -> Told | NotYet | None:
    """To the owner: what somebody said of it."""
    event = await history.by_id(reading, int(claimed.subject))
    return Told(commented_card(event)) if event else await _of_event_until_undone(reading, claimed)


async def assigned(reading: Reading, claimed: Claimed) -> Told | NotYet | None:
    """To the new owner."""
    event = await history.by_id(reading, int(claimed.subject))
    return Told(assigned_card(event)) if event else await _of_event_until_undone(reading, claimed)


async def announcement(reading: Reading, claimed: Claimed) -> Told | NotYet | None:
    """To a channel, while it is published; where the channel refuses, its owner gets it."""
    view = await postmortems.by_id(reading, claimed.subject)
    if view is None:
        return await _deleted(reading, claimed)
    if view.status is not PostmortemStatus.PUBLISHED:
        return None
    page = pages.postmortem_address(reading.settings, view.id, view.number)
    follow_ups = await actions.of_postmortem(reading, view.id)
    return Told(announcement_card(view, page, follow_ups, now=reading.now), instead=view.owner.slack_id)


async def _deleted(reading: Reading, claimed: Claimed) -> Told | NotYet | None:
    """What a message becomes; none is sent to say so."""
    if not claimed.ts:
        return await until_undone(reading, claimed, claimed.subject)
    deletion = await deletions.by_id(reading, claimed.subject)
    return Told(deleted_notice_card(deletion)) if deletion else None


async def _of_event_until_undone(reading: Reading, claimed: Claimed) -> NotYet | None:
    return await until_undone(reading, claimed, str(claimed.details.get("postmortem_id", "")))
