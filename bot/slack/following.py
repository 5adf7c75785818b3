"""Messages that entries are made of, followed: what their writers made of them reaches the timelines."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

import structlog

from bot.errors import NotFound, Unavailable
from bot.queries.people import Person
from bot.slack.desk import Desk
from bot.slack.marked import Marked, marked_of
from bot.slack.sources import Message
from bot.slack.words.mentions import extract
from bot.usecases.timeline.follow import message_deleted, message_edited

log = structlog.get_logger(__name__)
MOST_MET = 10
"""Of those whom one message mentions, and nobody met yet: Slack is asked for each."""


async def meet_mentioned(marked: Marked, desk: Desk) -> None:
    """Learn the names of those whom a message mentions by id alone. Whom Slack does not name now keeps the id."""
    ids = extract(marked.text).users[:MOST_MET]
    await asyncio.gather(*(known(slack_id, desk) for slack_id in ids))


async def known(slack_id: str, desk: Desk) -> Person | None:
    """The person of that id in Slack; None whom Slack does not name now."""
    try:
        return await desk.people.person(slack_id)
    except (NotFound, Unavailable):
        return None


async def edited(marked: Marked, edited_ts: str, desk: Desk) -> None:
    """Have the entries made of a message say what it says since that edit."""
    await meet_mentioned(marked, desk)
    async with desk.units.begin(None) as unit:
        await message_edited(
            unit,
            channel=marked.channel,
            ts=marked.ts,
            text=marked.text,
            file_names=marked.file_names,
            edited_ts=edited_ts,
        )


async def deleted(channel: str, ts: str, desk: Desk) -> None:
    """Have the entries made of a message say that it was deleted."""
    async with desk.units.begin(None) as unit:
        await message_deleted(unit, channel=channel, ts=ts)


async def catch_up(read: Marked, desk: Desk) -> None:
    """Follow what became of a message between its reading and the entry that is made of it now.

    Slack told of it at a time when nothing was to be followed yet. Where it cannot be read again now, the entry stays
    as it is.
    """
    try:
        now = await desk.sources.message(read.channel, read.ts)
    except (NotFound, Unavailable) as error:
        log.warning("a marked message was not read again", problem=str(error))
        return
    await _since([read], [now] if now else [], desk)


async def catch_up_thread(read: Sequence[Marked], desk: Desk) -> None:
    """The same for the messages of a thread, of which there is one at least; all of it is read again."""
    try:
        thread = await desk.sources.thread(read[0].channel, read[0].thread)
    except (NotFound, Unavailable) as error:
        log.warning("a marked thread was not read again", problem=str(error))
        return
    await _since(read, thread.messages, desk)


async def _since(read: Iterable[Marked], messages: Iterable[Message], desk: Desk) -> None:
    now = {str(each["ts"]): each for each in messages}
    for was in read:
        message = now.get(was.ts)
        if message is None:
            await deleted(was.channel, was.ts, desk)
            continue
        marked = marked_of(message, channel=was.channel, ts=was.ts, permalink=was.permalink)
        if (marked.text, marked.file_names) != (was.text, was.file_names):
            await edited(marked, str((message.get("edited") or {}).get("ts", "")), desk)
