"""`/oncall me [until]`."""

from __future__ import annotations

from datetime import timedelta

from bot.queries import on_call
from bot.slack.cards.blocks import Card
from bot.slack.cards.on_call import me_card
from bot.slack.desk import Desk, Request
from bot.slack.words.times import read_end

LOOK_AHEAD = timedelta(days=28)
LONGEST_LOOK = timedelta(days=366)
"""A year, a leap day included; to draw more would keep everybody else waiting."""


async def me(request: Request, desk: Desk) -> Card:
    """The asker's shifts, four weeks ahead unless they say until when: a year ahead at most.

    A day counts until its end.
    """
    async with desk.reader() as reading:
        asked = reading.now + LOOK_AHEAD
        if request.text.strip():
            words = request.text.strip().removeprefix("until ")
            asked = read_end(words, reading.now, request.person.zone)
        until = min(asked, reading.now + LONGEST_LOOK)
        shifts = await on_call.shifts_of(reading, request.person, until=until)
    return me_card(shifts, now=reading.now, until=until, zone=request.person.zone, is_cut=until < asked)
