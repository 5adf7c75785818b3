"""A schedule's week or month as a page: the picture, live, and the same facts as a list."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from aiohttp import web

from bot.engines.pictures import Period, PeriodKind, Picture, containing, draw, read_period
from bot.errors import Unavailable, Unreadable
from bot.queries import pages, pictures, schedules
from bot.queries.pages import FOLDER, KEY
from bot.queries.reading import Reader, Reading
from bot.queries.schedules import Watched
from bot.web.schedule_page import POLICY, Links, missing_page, page

UNREAD = "The database does not answer at the moment. Try again in a minute."
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
"""The address is the key: it is not to be kept by others, nor handed on to them."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an address asks for; without a period it is the one that holds the present."""

    name: str
    kind: PeriodKind
    period: Period | None
    key: str

    @classmethod
    def read(cls, request: web.Request) -> _Asked:
        """Read it. Raises Unreadable for a week or a month that is none."""
        given = request.query
        kind = PeriodKind.MONTH if PeriodKind.MONTH in given else PeriodKind.WEEK
        text = given.get(kind, "")
        period = read_period(kind, text) if text else None
        return cls(request.match_info["name"].replace("\x00", ""), kind, period, given.get(KEY, ""))


def schedule_routes(reader: Reader, *, is_open: bool) -> list[web.RouteDef]:
    """`/schedules/<name>`, with `?week=2026-W47` or `?month=2026-11`.

    A page shows who is on call, and so it opens by the key that Slack's links carry, unless `is_open`. Without a key
    nobody learns whether there is such a schedule.
    """

    async def handle(request: web.Request) -> web.Response:
        try:
            asked = _Asked.read(request)
            async with reader() as reading:
                found = await _found(reading, asked, is_open=is_open)
                if found is None:
                    return _html(missing_page(await _offers(reading, is_open=is_open)), status=404)
                made = await pictures.of_schedule(reading, *found)
        except Unreadable as error:
            return _html(missing_page((), error.sentence), status=404)
        except Unavailable:
            return _html(missing_page((), UNREAD), status=503)
        return _html(await asyncio.to_thread(_page, made, asked))

    async def lead(_request: web.Request) -> web.Response:
        async with reader() as reading:
            return _html(missing_page(await _offers(reading, is_open=is_open)), status=404)

    return [
        web.get(FOLDER, lead),
        web.get(f"{FOLDER}/", lead),
        web.get(f"{FOLDER}/{{name}}", handle),
        web.get(f"{FOLDER}/{{name}}/", handle),
    ]


async def _found(reading: Reading, asked: _Asked, *, is_open: bool) -> tuple[Watched, Period] | None:
    """The schedule and the period, where there are such and the key opens them."""
    watched = await schedules.by_name(reading, asked.name)
    if watched is None or not (is_open or pages.opens(reading.settings, watched.schedule.id, asked.key)):
        return None
    return watched, asked.period or containing(asked.kind, reading.now, watched.schedule.zone)


async def _offers(reading: Reading, *, is_open: bool) -> list[tuple[str, str]]:
    """The schedules there are, with their addresses; none where that is not for everybody to know."""
    listed = await schedules.listed(reading) if is_open else ()
    return [(each.name, f"{FOLDER}/{quote(each.name, safe='')}") for each in listed]


def _page(made: Callable[[], Picture], asked: _Asked) -> str:
    picture = made()
    return page(picture, draw(picture), _links(picture, asked))


def _links(picture: Picture, asked: _Asked) -> Links:
    shown, present = picture.period, containing(picture.period.kind, picture.now, picture.zone)
    other = PeriodKind.MONTH if shown.kind is PeriodKind.WEEK else PeriodKind.WEEK
    middle = picture.now if picture.standing else shown.window(picture.zone)[0]

    def to(period: Period) -> str:
        return "?" + urlencode({period.kind: period.text, **({KEY: asked.key} if asked.key else {})})

    return Links(
        previous=to(shown.previous) if shown.previous.is_within_reach else "",
        present=to(present),
        next=to(shown.next) if shown.next.is_within_reach else "",
        other=to(containing(other, middle, picture.zone)),
    )


def _html(text: str, *, status: int = 200) -> web.Response:
    return web.Response(text=text, status=status, content_type="text/html", headers=HEADERS)
