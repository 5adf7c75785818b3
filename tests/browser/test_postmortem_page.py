"""The page of a postmortem in a real browser: it fits a phone, obeys its own policy, and runs nothing it was given."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Literal

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser

from bot.web.postmortem_page import FileLink, page
from bot.web.postmortems import HEADERS
from tests.web.papers import paper

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
NARROW = 360
HOSTILE = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
LONG = "select-" * 60


def _node(kind: str, *inside: dict[str, Any] | str, **attrs: Any) -> dict[str, Any]:
    content = [{"type": "text", "text": each} if isinstance(each, str) else each for each in inside]
    return {"type": kind, "content": content, **({"attrs": attrs} if attrs else {})}


BODY = [
    _node(
        "paragraph",
        HOSTILE,
        LONG,
        {
            "type": "text",
            "text": "red",
            "marks": [
                {"type": "textColor", "attrs": {"color": "#ff0000"}},
                {"type": "link", "attrs": {"href": "javascript:document.title='run'"}},
            ],
        },
    ),
    _node("codeBlock", LONG),
    _node("table", _node("tableRow", *(_node("tableCell", _node("paragraph", f"{HOSTILE}{LONG}")) for _ in range(6)))),
    _node("expand", _node("paragraph", "what was hidden"), title=HOSTILE),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address() -> AsyncIterator[str]:
    """Where the page is."""
    shown = paper(HOSTILE, {"version": 1, "type": "doc", "content": BODY})

    async def show(_request: web.Request) -> web.Response:
        return web.Response(text=page(shown, [FileLink("PDF", "#")]), content_type="text/html", headers=HEADERS)

    application = web.Application()
    application.router.add_get("/", show)
    async with TestServer(application) as server:
        yield str(server.make_url("/"))


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(21, 24, 28)")])
async def test_it_fits_a_narrow_phone_by_day_and_night_and_nothing_in_it_is_run(
    browser: Browser, address: str, scheme: Literal["light", "dark"], ground: str
) -> None:
    opened = await browser.new_page(viewport={"width": NARROW, "height": 780}, color_scheme=scheme)
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    await opened.goto(address)
    assert await opened.evaluate("document.documentElement.scrollWidth") == NARROW
    assert await opened.evaluate("getComputedStyle(document.body).backgroundColor") == ground
    assert await opened.get_by_text("what was hidden").first.is_visible()
    assert (await opened.title()).startswith("PM-12 <img")
    assert await opened.evaluate("document.querySelectorAll('script, img, [onerror], [style]').length") == 0
    assert complaints == []
    await opened.emulate_media(media="print")
    assert not await opened.get_by_text("PDF", exact=True).is_visible(), "paper has no links to files"
    await opened.close()
