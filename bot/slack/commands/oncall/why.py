"""`/oncall why [@user | schedule]`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.queries import on_call, schedules
from bot.queries.schedules import Watched
from bot.slack.cards.blocks import Card
from bot.slack.cards.on_call import why_card
from bot.slack.commands.oncall.choosing import chosen
from bot.slack.desk import Desk, Request
from bot.slack.words.mentions import extract


async def why(request: Request, desk: Desk) -> Card:
    """The reason for everybody on call now, for one schedule, or for one person."""
    mentioned = extract(request.words, me=request.person.slack_id or "").users
    about = await desk.people.person(mentioned[0]) if mentioned else None
    async with desk.reader() as reading:
        if about:
            watched: Sequence[Watched] = await schedules.concerning(reading, about.id)
        else:
            watched = (await chosen(reading, request.text, channel=request.channel)).watched
        stands = await on_call.standings(reading, watched, at=reading.now)
    return why_card(stands, about=about)
