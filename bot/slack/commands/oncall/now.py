"""`/oncall now [schedule]`, `/oncall next [schedule]`, `/oncall at <time> [schedule]`."""

from __future__ import annotations

from bot.queries import on_call
from bot.slack.cards.blocks import Card, context
from bot.slack.cards.dates import weekday_and_time
from bot.slack.cards.more import Asked, Rest, more_buttons
from bot.slack.cards.on_call import Serves, next_card, now_card
from bot.slack.commands.oncall.choosing import chosen
from bot.slack.desk import Desk, Request
from bot.slack.words.times import split_moment


async def now(request: Request, desk: Desk) -> Card:
    """Who is on call, until when, who is next, and why."""
    async with desk.reader() as reading:
        choice = await chosen(reading, request.text, channel=request.channel)
        stands = await on_call.standings(reading, choice.watched, at=reading.now)
    rest = Rest(Asked.NOW, len(stands), request.channel)
    return now_card(
        stands,
        at=reading.now,
        line=request.line,
        linked=choice.linked,
        more=more_buttons(rest, choice.total),
        public=request.public,
        serves=Serves(may_act=not request.person.is_outsider),
    )


async def next_hand_off(request: Request, desk: Desk) -> Card:
    """The next hand-off: who, when, for how long."""
    async with desk.reader() as reading:
        choice = await chosen(reading, request.text, channel=request.channel)
        stands = await on_call.standings(reading, choice.watched, at=reading.now)
    more = more_buttons(Rest(Asked.NEXT, len(stands), request.channel), choice.total)
    return next_card(stands, line=request.line, linked=choice.linked, more=more, public=request.public)


async def at(request: Request, desk: Desk) -> Card:
    """Who was or will be on call at a time, read in the asker's zone and shown back: in a channel in each reader's."""
    async with desk.reader() as reading:
        moment, name = split_moment(request.text, reading.now, request.person.zone, direction="any")
        choice = await chosen(reading, name, channel=request.channel, since=moment.at)
        stands = await on_call.standings(reading, choice.watched, at=moment.at)
    rest = Rest(Asked.AT, len(stands), request.channel, moment.at)
    card = now_card(
        stands,
        at=moment.at,
        line=request.line,
        linked=choice.linked,
        more=more_buttons(rest, choice.total),
        public=request.public,
        serves=Serves(may_act=not request.person.is_outsider, is_now=False),
    )
    when = weekday_and_time(moment.at) if request.public else moment.understood
    return Card(f"At {when}: {card.text}", (context(f"At {when}"), *card.blocks))
