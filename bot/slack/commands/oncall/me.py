"""`/oncall me [until]`."""

from __future__ import annotations

from datetime import timedelta

from bot.queries import on_call
from bot.slack.cards.blocks import Card
from bot.slack.cards.on_call import me_card
from bot.slack.desk import Desk, Request
from bot.slack.words.times import read_moment

LOOK_AHEAD = timedelta(days=28)


async def me(request: Request, desk: Desk) -> Card:
    """The asker's shifts, four weeks ahead unless they say until when."""
    async with desk.reader() as reading:
        until = reading.now + LOOK_AHEAD
        if request.text.strip():
            words = request.text.strip().removeprefix("until ")
            until = read_moment(words, reading.now, request.person.zone).at
        shifts = await on_call.shifts_of(reading, request.person, until=until)
    return me_card(shifts, now=reading.now, until=until, zone=request.person.zone)
