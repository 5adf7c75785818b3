"""A message marked from its menu: added to a postmortem, or the beginning of a new one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.queries import timeline
from bot.slack.actions.lines import Listener, place_of
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.timeline import no_place_card
from bot.slack.commands.dispatch import Place
from bot.slack.desk import Desk
from bot.slack.doing import do
from bot.slack.following import meet_mentioned
from bot.slack.marked import Marked
from bot.slack.marking import choosing, keep_marked, put, starting
from bot.slack.shortcuts.payload import marked_in

NOBODY = "-"


def added(desk: Desk) -> Listener:
    """Into the one postmortem that is open in the channel; of several the person chooses, without one they are told."""

    async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
        place = place_of(body)
        await do(_add(marked_in(body), place, desk), place, ack, desk)

    return listener


def thread_added(desk: Desk) -> Listener:
    """The same for all messages of the thread in which it stands, but for our own."""

    async def listener(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        place = place_of(body)
        marked = replace(marked_in(body), whole_thread_but=context.bot_user_id or NOBODY)
        await do(_add(marked, place, desk), place, ack, desk)

    return listener


def started(desk: Desk) -> Listener:
    """The form of a new postmortem that begins with it."""

    async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
        place = place_of(body)
        await do(_start(marked_in(body), place, desk), place, ack, desk)

    return listener


async def _add(marked: Marked, place: Place, desk: Desk) -> Card | Block:
    person = await desk.people.person(place.slack_id)
    await meet_mentioned(marked, desk)
    async with desk.reader() as reading:
        here = await timeline.open_in_channel(reading, marked.channel, person, limit=2)
    if len(here) == 1:
        return await put(marked, here[0].number, person, desk, key=place.key)
    draft_id = await keep_marked(marked, person, desk)
    return await choosing(marked, draft_id, place, person, desk) if here else no_place_card(draft_id)


async def _start(marked: Marked, place: Place, desk: Desk) -> Card | Block:
    person = await desk.people.person(place.slack_id)
    await meet_mentioned(marked, desk)
    return await starting(marked, await keep_marked(marked, person, desk), place, person, desk)
