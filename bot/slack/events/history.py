"""With `HISTORY=on`: an emoji adds a message to a timeline, and what becomes of such messages is followed.

A change is committed before Slack's event is acknowledged. What Slack sends twice changes nothing twice: an emoji's
event is known by its id, an edit gives way to a later one, and a deletion ends the following.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from bot.errors import AlreadyDone
from bot.queries import timeline
from bot.queries.people import Person
from bot.slack.answering import SpokenIn
from bot.slack.cards.timeline import added_card, no_place_card
from bot.slack.commands.dispatch import Place, explained, give
from bot.slack.desk import Desk
from bot.slack.following import catch_up, deleted, edited, meet_mentioned
from bot.slack.marked import Marked, marked_of
from bot.slack.marking import as_entry, keep_marked, placed
from bot.slack.sources import TOMBSTONE
from bot.usecases.timeline.add import add
from bot.usecases.timeline.unmark import unmark

Middleware = Callable[..., Awaitable[None]]
EDITED, DELETED = "message_changed", "message_deleted"
IN_CHANNELS = frozenset({"channel", "group"})


def reacted(desk: Desk) -> Middleware:
    """The chosen emoji was put on a message: it goes into the channel's open postmortem, once."""

    async def listener(body: dict[str, Any], context: AsyncBoltContext, next_: Callable[[], Awaitable[None]]) -> None:
        if _concerns_us(body["event"], context, desk):
            place = _place(body)
            async with explained(place, desk):
                await _add(place, body["event"]["item"]["ts"], desk)
        await next_()

    return listener


def unreacted(desk: Desk) -> Middleware:
    """It was taken off again: what its owner had added with it goes, while it is as it was."""

    async def listener(body: dict[str, Any], context: AsyncBoltContext, next_: Callable[[], Awaitable[None]]) -> None:
        event = body["event"]
        if _concerns_us(event, context, desk):
            place = _place(body)
            async with explained(place, desk):
                await _remove(place, event["item"]["ts"], desk)
        await next_()

    return listener


def followed(desk: Desk) -> Middleware:
    """A message was edited or deleted: the entries that are made of it follow."""

    async def listener(body: dict[str, Any], next_: Callable[[], Awaitable[None]]) -> None:
        event = body["event"]
        if event.get("channel_type") in IN_CHANNELS and event.get("subtype") in {EDITED, DELETED}:
            await _follow(event, desk)
        await next_()

    return listener


async def heard() -> None:
    """All is done before the acknowledgement."""


def _concerns_us(event: dict[str, Any], context: AsyncBoltContext, desk: Desk) -> bool:
    """Whether a person reacted with the chosen emoji, of any skin, to a message that is not our own."""
    emoji = str(event.get("reaction", "")).partition("::")[0]
    is_message = event.get("item", {}).get("type") == "message"
    ours = context.bot_user_id
    return is_message and emoji == desk.settings.history_emoji and ours not in {event.get("item_user"), event["user"]}


async def _add(place: Place, ts: str, desk: Desk) -> None:
    person = await desk.people.person(place.slack_id)
    if person.is_bot:
        return
    async with desk.reader() as reading:
        here = await timeline.open_in_channel(reading, place.channel, person, limit=1)
    message = await desk.sources.message(place.channel, ts)
    if message is None:
        return
    marked = marked_of(message, channel=place.channel, ts=ts, permalink=await desk.sources.address(place.channel, ts))
    await meet_mentioned(marked, desk)
    try:
        if here:
            await _put(marked, here[0].number, place, person, desk)
        else:
            await give(no_place_card(await keep_marked(marked, person, desk, key=place.key)), place, desk)
    except AlreadyDone:
        return  # Slack has sent the event before


async def _put(marked: Marked, number: int, place: Place, person: Person, desk: Desk) -> None:
    """Add it and say so to who reacted; where it stood there already nothing is said."""
    wanted = replace(await as_entry(marked, desk), emoji=desk.settings.history_emoji)
    async with desk.units.begin(person, key=place.key) as unit:
        added = await add(unit, number, wanted)
        unit.outcome = added.entry_id
    if not added.is_new:
        return
    await catch_up(marked, desk)
    if shown := await placed(added.entry_id, person, desk):
        await give(added_card(shown, asker=person), place, desk)


async def _remove(place: Place, ts: str, desk: Desk) -> None:
    person = await desk.people.person(place.slack_id)
    if person.is_bot:
        return
    async with desk.units.begin(person) as unit:
        await unmark(unit, channel=place.channel, ts=ts, emoji=desk.settings.history_emoji)


async def _follow(event: dict[str, Any], desk: Desk) -> None:
    channel = event["channel"]
    message = event.get("message") or {}
    ts = str(event.get("deleted_ts") or message.get("ts") or "")
    async with desk.reader() as reading:
        if not await timeline.is_followed(reading, channel, ts):
            return
    is_deleted = event["subtype"] == DELETED or message.get("subtype") == TOMBSTONE
    marked = marked_of(message, channel=channel, ts=ts, permalink="")
    if is_deleted:
        await deleted(channel, ts, desk)
    else:
        await edited(marked, str(event["ts"]), desk)


def _place(body: dict[str, Any]) -> Place:
    event = body["event"]
    channel = event["item"]["channel"]
    return Place(
        slack_id=event["user"],
        channel=channel,
        trigger_id="",
        response_url="",
        key=f"event:{body['event_id']}",
        spoken=SpokenIn(channel),
    )
