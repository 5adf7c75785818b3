"""A week and a month as pictures, in Slack and in the browser."""

from __future__ import annotations

from playwright.async_api import Browser, Locator

from tests.browser.album import DESK, Album
from tests.browser.visitor import PHONE, Visitor
from tests.engines.pictures.gallery import for_the_readme


async def weeks(album: Album, browser: Browser, ana: Visitor) -> None:
    """The README's picture, the answers in Slack, and the page that they lead to."""
    await album.keep("oncall-week", "A week with overrides, something forwarded, and a gap", for_the_readme())
    answer = await ana.asks("/oncall week payments", "times in Europe/Berlin")
    await _drawn(answer)
    await album.take("week-answer", "`/oncall week`", answer, also="phone")
    address = await answer.get_by_role("link", name="Open in browser").get_attribute("href")
    month = await ana.asks("/oncall month platform", "times in America/New_York")
    await _drawn(month)
    await album.take("month-answer", "`/oncall month`", month)
    await _page(album, browser, address or "")
    await ana.dismisses()


async def _drawn(answer: Locator) -> None:
    """Wait until the image has been loaded: only then is the answer as high as it stays."""
    image = answer.locator(".picture img")
    await image.wait_for()
    await image.evaluate("each => each.decode()")


async def _page(album: Album, browser: Browser, address: str) -> None:
    for name, says, size, scheme in (
        ("week-page", "The same in the browser", DESK, "light"),
        ("week-page-phone", "The same in the browser, on a phone", PHONE, "light"),
        ("week-page-dark", "The same in the browser, in the dark", DESK, "dark"),
    ):
        page = await browser.new_page(viewport=size, color_scheme="dark" if scheme == "dark" else "light")
        await page.goto(address)
        await album.take_page(name, says, page)
        await page.close()
