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
HEBREW = "מסד הנתונים נפל, redis."


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
    _node("paragraph", "hebrew: מסד הנתונים נפל."),
    _node("paragraph", HEBREW),
    _node("bulletList", _node("listItem", _node("paragraph", HEBREW))),
    _node("blockquote", _node("paragraph", HEBREW)),
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


async def test_what_is_written_from_right_to_left_begins_at_the_right(browser: Browser, address: str) -> None:
    opened = await browser.new_page(viewport={"width": NARROW, "height": 780})
    await opened.goto(address)
    sides = """() => [...document.querySelectorAll("main p")].map(each => {
        const words = document.createRange(), box = each.getBoundingClientRect();
        words.selectNodeContents(each);
        const line = words.getBoundingClientRect();
        return [each.textContent, box.right - line.right < line.left - box.left ? "right" : "left"];
    })"""
    said = {(words.partition(":")[0], side) for words, side in await opened.evaluate(sides) if "נפל" in words}
    assert said == {("hebrew", "left"), (HEBREW, "right")}
    for kind in ("ul", "blockquote"):
        assert await opened.evaluate(f"getComputedStyle(document.querySelector('section {kind}')).direction") == "rtl"
    edges = "each => [getComputedStyle(each).borderLeftWidth, getComputedStyle(each).borderRightWidth]"
    assert await opened.locator("section blockquote").first.evaluate(edges) == ["0px", "4px"]
    await opened.close()
