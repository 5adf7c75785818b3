"""Calendar feeds by secret links, as calendars subscribe to them."""

from __future__ import annotations

from collections.abc import AsyncIterator

from aiohttp import ETag, hdrs, web

from bot.engines.calendars import TAIL, calendar_name, head
from bot.queries.feed_links import Link, edition, feed_of, link_by
from bot.queries.reading import Reader, Reading
from bot.usecases.calendars.telling import Calendars

PATH = "/calendars/{token}.ics"
CALENDAR = "text/calendar; charset=utf-8"
UNKNOWN = "There is no calendar at this address. `/oncall calendar` in Slack gives the one that holds now."
HEADERS = {
    hdrs.CACHE_CONTROL: "private, no-cache",  # a link that was rolled stops at once, whoever has kept what it showed
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}


def calendar_routes(reader: Reader, calendars: Calendars) -> list[web.RouteDef]:
    """`/calendars/<secret>.ics`: no key but the secret; 404 for any other.

    The calendar of somebody who has left is there and empty, so that what was in it goes from wherever it was shown;
    a refusal would leave it standing there.
    """

    async def handle(request: web.Request) -> web.StreamResponse:
        async with reader() as reading:
            link = await link_by(reading, request.match_info["token"])
            if link is None:
                raise web.HTTPNotFound(text=UNKNOWN)
            tag = ETag(await edition(reading, link), is_weak=True)
            asked_for = request.if_none_match or ()
            if any(each.value in {tag.value, "*"} for each in asked_for):
                return _response(304, tag)
            pieces = await _pieces(reading, link, calendars)
        response = _response(200, tag)
        response.headers[hdrs.CONTENT_TYPE] = CALENDAR
        await response.prepare(request)
        if request.method != hdrs.METH_HEAD:
            async for piece in pieces:
                await response.write(piece)
        await response.write_eof()
        return response

    return [web.get(PATH, handle)]


def _response(status: int, tag: ETag) -> web.StreamResponse:
    response = web.StreamResponse(status=status, headers=HEADERS)
    response.etag = tag
    return response


async def _pieces(reading: Reading, link: Link, calendars: Calendars) -> AsyncIterator[bytes]:
    feed = None if link.is_over else await feed_of(reading, link)
    return calendars.pieces(feed) if feed else _nothing(link)


async def _nothing(link: Link) -> AsyncIterator[bytes]:
    yield head(calendar_name(link.person.name)) + TAIL
