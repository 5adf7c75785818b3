"""The schedules for which an answer had no room, asked for anew."""

from __future__ import annotations

from collections.abc import Sequence

from bot.queries import on_call, schedules
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.slack.cards.blocks import Block
from bot.slack.cards.more import PAGE, Asked, Rest, more_view
from bot.slack.cards.on_call import Serves, next_rows, now_rows
from bot.slack.cards.schedules import schedule_rows
from bot.slack.commands.oncall.choosing import ROWS, page
from bot.slack.commands.oncall.schedules import schedule_lines


async def more_schedules(reading: Reading, person: Person, rest: Rest) -> Block:
    """A page of the schedules behind those that the answer showed, as they stand now."""
    watched = await page(reading, channel=rest.channel, limit=PAGE, skip=rest.skip, since=rest.at)
    rows = await _rows(reading, person, rest, watched)
    return more_view(rest, rows, shown=len(watched), total=await schedules.count(reading), first=ROWS)


async def _rows(reading: Reading, person: Person, rest: Rest, watched: Sequence[Watched]) -> list[Block]:
    if rest.asked is Asked.SCHEDULES:
        return schedule_rows(await schedule_lines(reading, person, watched))
    at = rest.at or reading.now
    stands = await on_call.standings(reading, watched, at=at)
    if rest.asked is Asked.NEXT:
        return next_rows(stands, public=False)
    serves = Serves(may_act=not person.is_outsider, is_now=rest.asked is Asked.NOW)
    return now_rows(stands, at=at, public=False, serves=serves)
