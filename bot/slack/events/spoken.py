"""Commands said in words, where no slash can be typed: after a mention in a channel or thread, and in direct messages.

The same words as after a slash get the same answers, for the asker's eyes only. A change is committed before Slack's
event is acknowledged: Slack repeats an event that was not, and its id makes sure that it is carried out once, and by
one process answered once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from bot.engines.wallclock import to_local
from bot.errors import AlreadyDone
from bot.slack.answering import SpokenIn
from bot.slack.cards.help import spoken_help_card
from bot.slack.cards.sentences import mistake_card
from bot.slack.commands import COMMANDS
from bot.slack.commands.dispatch import Place, explained, give, run
from bot.slack.desk import Desk
from bot.slack.words.normalise import as_typed, storable
from bot.slack.words.spoken import NotUnderstood, addressed, read_spoken
from bot.usecases.reminders.close_morning import close_morning

WRITTEN_BY_HAND = frozenset({None, "file_share", "thread_broadcast"})
"""The subtypes of a message that a person has just written; the others tell of edits, deletions, joining."""
MOST_REMEMBERED = 1000
"""Of the events heard last; Slack repeats one for six minutes at most."""
Middleware = Callable[..., Awaitable[None]]


def mentioned(desk: Desk) -> Middleware:
    """`@watchbill now payments` in a channel or a thread."""
    ear = _Ear(desk)

    async def listener(body: dict[str, Any], context: AsyncBoltContext, next_: Callable[[], Awaitable[None]]) -> None:
        event = body["event"]
        if "bot_id" not in event and event.get("user"):
            await ear.hear(body, context)
        await next_()

    return listener


def written(desk: Desk) -> Middleware:
    """A direct message: a command, or the moment to say once a day what there is to say.

    Who writes to us has seen this morning's message: the next one is a new one.
    """
    ear = _Ear(desk)

    async def listener(body: dict[str, Any], context: AsyncBoltContext, next_: Callable[[], Awaitable[None]]) -> None:
        event = body["event"]
        by_hand = event.get("subtype") in WRITTEN_BY_HAND and "bot_id" not in event and event.get("user")
        if event.get("channel_type") == "im" and by_hand:
            async with desk.units.begin(None) as unit:
                await close_morning(unit, event["user"])
            await ear.hear(body, context)
        await next_()

    return listener


async def carried_on(context: AsyncBoltContext) -> None:
    """What goes on after the acknowledgement; Bolt counts it as in hand until it has ended."""
    if work := context.get("work"):
        await work


@dataclass(frozen=True, slots=True)
class _Work:
    """What an event asks for, begun: it goes on when it has acknowledged."""

    task: asyncio.Future[Any]
    acknowledged: asyncio.Event

    async def until_acknowledged(self) -> None:
        """Return once it acknowledges, or ends."""
        waiting: asyncio.Future[Any] = asyncio.ensure_future(self.acknowledged.wait())
        await asyncio.wait({self.task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()


class _Ear:
    """Hears each event once: what Slack repeats is acknowledged with the first, which was or is being answered."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._begun: dict[str, _Work] = {}

    async def hear(self, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Begin the work, return once it acknowledges: Bolt does so for an event once its middleware is through."""
        work = self._begun.get(body["event_id"])
        if work is None:
            work = self._begun[body["event_id"]] = self._begin(body, context)
            context["work"] = work.task
            if len(self._begun) > MOST_REMEMBERED:
                del self._begun[next(iter(self._begun))]
        await work.until_acknowledged()

    def _begin(self, body: dict[str, Any], context: AsyncBoltContext) -> _Work:
        acknowledged = asyncio.Event()

        async def ack(*_: Any, **__: Any) -> None:
            acknowledged.set()

        return _Work(asyncio.ensure_future(_hear(ack, body, context, self._desk)), acknowledged)


async def _hear(ack: Any, body: dict[str, Any], context: AsyncBoltContext, desk: Desk) -> None:
    event = body["event"]
    place = _place(body)
    asked = read_spoken(addressed(storable(event.get("text", "")), context.bot_user_id or ""))
    if isinstance(asked, NotUnderstood):
        await _not_understood(asked, place, desk)
        return
    command = next(each for each in COMMANDS if each.name == asked.command)
    await run(command, asked.text, place, ack, desk)


async def _not_understood(asked: NotUnderstood, place: Place, desk: Desk) -> None:
    is_direct = place.spoken is not None and place.spoken.is_direct
    unknown = f"“{_seen(asked)}” is nothing I know."
    if asked.nearest:
        await give(mistake_card(f"{unknown} Did you mean this?", (asked.nearest,)), place, desk)
    elif not is_direct:
        await give(mistake_card(unknown, ("/oncall help", "/postmortem help")), place, desk)
    else:
        async with explained(place, desk):
            await _help_once_a_day(place, desk)


async def _help_once_a_day(place: Place, desk: Desk) -> None:
    person = await desk.people.person(place.slack_id)
    today = to_local(desk.reader.now(), person.zone).date()
    try:
        async with desk.units.begin(person, key=f"help:{person.id}:{today}"):
            pass  # the receipt is what is remembered
    except AlreadyDone:
        return
    await give(spoken_help_card(), place, desk)


def _place(body: dict[str, Any]) -> Place:
    event = body["event"]
    is_direct = event.get("channel_type") == "im"
    return Place(
        slack_id=event["user"],
        channel=event["channel"],
        trigger_id="",
        response_url="",
        key=f"event:{body['event_id']}",
        direct=is_direct,
        spoken=SpokenIn(event["channel"], event.get("thread_ts"), is_direct),
    )


def _seen(asked: NotUnderstood) -> str:
    return as_typed(asked.words)[:60]
