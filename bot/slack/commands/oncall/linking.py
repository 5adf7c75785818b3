"""`/oncall link [schedule]`, `/oncall unlink [schedule]`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import Mistake
from bot.queries import links
from bot.queries.reading import Reading
from bot.queries.schedules import ScheduleName
from bot.slack.cards.blocks import Card
from bot.slack.cards.links import bold_name, links_card
from bot.slack.commands.oncall.choosing import meant
from bot.slack.desk import Desk, Request
from bot.slack.words.names import Match, find
from bot.usecases.channels.link import link as link_
from bot.usecases.channels.permission import NO_CHANNEL, require_channel, require_link
from bot.usecases.channels.unlink import unlink as unlink_


async def link(request: Request, desk: Desk) -> Card:
    """Make a schedule one of this channel's; without words, what is linked here and the way to link more."""
    _require_channel(request)
    if not request.text.strip():
        return await _card(request, desk)
    async with desk.reader() as reading:
        schedule = await meant(reading, request.text)
    async with desk.units.begin(request.person, key=request.key) as unit:
        event = await link_(unit, request.channel, schedule.id)
    said = f"{bold_name(schedule)} is linked to this channel {'now' if event else 'already'}."
    return await _card(request, desk, said=said, undo=event)


async def unlink(request: Request, desk: Desk) -> Card:
    """Make a schedule none of this channel's: the one named, or the only one; of several, the asker chooses."""
    _require_channel(request)
    async with desk.reader() as reading:
        linked = await links.of_channel(reading, request.channel)
        schedule = await _meant(reading, request.text, linked)
    if schedule is None:
        return links_card(linked, channel=request.channel, said="Which one?" if linked else "")
    async with desk.units.begin(request.person, key=request.key) as unit:
        event = await unlink_(unit, request.channel, schedule.id)
    said = f"{bold_name(schedule)} is not linked to this channel{' any more' if event else ''}."
    return await _card(request, desk, said=said, undo=event)


def _require_channel(request: Request) -> None:
    require_link(request.person)
    if request.direct:
        raise Mistake(NO_CHANNEL)
    require_channel(request.channel)


async def _meant(reading: Reading, words: str, linked: Sequence[ScheduleName]) -> ScheduleName | None:
    """The schedule that the words name, among those linked here before all others; None where it cannot be known."""
    if not words.strip():
        return linked[0] if len(linked) == 1 else None
    here = find(words, [each.name for each in linked])
    if isinstance(here, Match) and not here.guessed:
        return next(each for each in linked if each.name == here.name)
    return await meant(reading, words)


async def _card(request: Request, desk: Desk, *, said: str = "", undo: int | None = None) -> Card:
    async with desk.reader() as reading:
        linked = await links.of_channel(reading, request.channel)
    return links_card(linked, channel=request.channel, said=said, undo=undo)
