"""`/oncall week [schedule] [which]`, `/oncall month [schedule] [which]`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot.engines.pictures import PeriodKind, Picture, draw, heading
from bot.queries import pages, pictures, schedules
from bot.queries.schedules import ScheduleName
from bot.slack.cards.blocks import Card
from bot.slack.cards.week import Beside, week_card
from bot.slack.commands.oncall.choosing import chosen
from bot.slack.desk import Desk, Request
from bot.slack.words.periods import split_period


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read: the making of the picture, and what stands beside it."""

    make: Callable[[], Picture]
    beside: Beside


async def week(request: Request, desk: Desk) -> Card:
    """Who has which watch in a week, by one schedule: the one named, else the first of this channel, else of all."""
    return await _shown(PeriodKind.WEEK, request, desk)


async def month(request: Request, desk: Desk) -> Card:
    """The same for a month."""
    return await _shown(PeriodKind.MONTH, request, desk)


async def _shown(kind: PeriodKind, request: Request, desk: Desk) -> Card:
    found = await _found(kind, request, desk)
    picture, svg = await asyncio.to_thread(_drawn, found.make)
    name = f"{picture.period.text}.png"
    file_id = await desk.pictures.file_of(svg, name=name, title=heading(picture))
    return week_card(picture, file_id, found.beside, public=request.public)


async def _found(kind: PeriodKind, request: Request, desk: Desk) -> _Found:
    async with desk.reader() as reading:
        wanted = split_period(kind, request.text, await schedules.names(reading))
        choice = await chosen(reading, wanted.words, channel=request.channel)
        watched, *others = choice.watched
        period = wanted.at(reading.now, watched.schedule.zone)
        make = await pictures.of_schedule(reading, watched, period)
        name = ScheduleName(watched.schedule.id, watched.schedule.name)
        address = pages.address(reading.settings, name, period)
    return _Found(make, Beside(address, [each.schedule.name for each in others]))


def _drawn(make: Callable[[], Picture]) -> tuple[Picture, str]:
    picture = make()
    return picture, draw(picture, for_font=True)
