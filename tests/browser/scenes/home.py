"""The Home tab: the first steps of a workspace, and everything of one's own."""

from __future__ import annotations

from playwright.async_api import Browser

from tests.browser.album import DESK, Album
from tests.browser.visitor import ANA, RAJ, Visitor, visitor


async def first_run(album: Album, browser: Browser, address: str) -> None:
    """In a workspace without schedules, of an admin and of a member."""
    for who, name, says in (
        (ANA, "home-first-run", "Home of an admin in a new workspace"),
        (RAJ, "home-first-run-member", "Home of a member in a new workspace"),
    ):
        async with visitor(browser, address, size=DESK) as somebody:
            await somebody.arrive(who)
            tab = await somebody.opens_home()
            await album.take(name, says, tab.locator(".home-inner"), also="phone" if who == ANA else "")


async def home(album: Album, ana: Visitor) -> None:
    """With things to do in it, and an answer on top."""
    tab = await ana.opens_home()
    await tab.get_by_text("Your drafts").wait_for()
    await album.take("home", "Home", tab.locator(".home-inner"), also="phone dark")
    await tab.get_by_role("button", name="My shifts").click()
    answer = await ana.form("answer")
    await album.take("home-answer", "An answer on top of Home", answer, also="phone")
    await ana.closes()
    await ana.open("incidents")
