"""`/oncall log [schedule]`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.escaping import mrkdwn
from bot.queries import links, schedules
from bot.queries import log as log_
from bot.queries.log import Page
from bot.queries.reading import Reading
from bot.queries.schedules import ScheduleName
from bot.slack.cards.blocks import Card
from bot.slack.cards.log import ROWS, log_card
from bot.slack.commands.oncall.choosing import named
from bot.slack.desk import Desk, Request

EVERYTHING = "all"
_PAGE = re.compile(r"\s*\bpage (\d{1,6})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _About:
    """Whose changes: of these schedules, or of all where there are none. `line` asks for the same once more."""

    schedules: Sequence[ScheduleName]
    line: str
    is_channels_own: bool = False


async def log(request: Request, desk: Desk) -> Card:
    """Who changed what and when, newest first: of one schedule, else of this channel's own, else of all.

    In pages; one beyond the last is empty.
    """
    words, number = _paged(request.text)
    async with desk.reader() as reading:
        about = await _about(reading, words, request.channel)
        page = await _page(reading, about, number)
    return log_card(
        page,
        about=[each.name for each in about.schedules],
        line=about.line,
        number=number,
        offers_all=about.is_channels_own,
        public=request.public,
    )


async def _about(reading: Reading, words: str, channel: str) -> _About:
    if words.casefold() == EVERYTHING:
        return _About((), f"oncall log {EVERYTHING}")
    if words:
        name = await named(reading, words)
        found = next(each for each in await schedules.listed(reading) if each.name == name)
        return _About((found,), f"oncall log {mrkdwn(name)}")
    own = await links.of_channel(reading, channel)
    return _About(own, "oncall log", is_channels_own=bool(own))


async def _page(reading: Reading, about: _About, number: int) -> Page:
    ids = [each.id for each in about.schedules]
    return await log_.page(reading, ids, size=ROWS, skip=(number - 1) * ROWS)


def _paged(text: str) -> tuple[str, int]:
    """What was asked for, and which page of it."""
    found = _PAGE.search(text.strip())
    return _PAGE.sub("", text.strip()).strip(), max(1, int(found[1])) if found else 1
