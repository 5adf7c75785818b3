"""Pictures of everything a person sees, taken from the playground: `python -m tests.browser.pictures`.

They are kept in .github/pictures, listed in its README.md; the project's README shows the first.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import Browser

from tests.browser.album import DESK, Album
from tests.browser.chromium import chromium, playground
from tests.browser.scenes.actions import actions
from tests.browser.scenes.alerts import alerts, pages
from tests.browser.scenes.channels import channels, many_schedules
from tests.browser.scenes.finding import finding
from tests.browser.scenes.home import first_run, home
from tests.browser.scenes.incidents import an_incident
from tests.browser.scenes.mentions import mentions
from tests.browser.scenes.on_call import for_the_readme, schedules, the_first_screen, who_is_on_call
from tests.browser.scenes.overrides import overrides
from tests.browser.scenes.postmortem import a_life_for_the_readme, a_postmortem, lists, mornings, taken_along
from tests.browser.scenes.timeline import timeline
from tests.browser.scenes.two_at_once import two_at_once
from tests.browser.scenes.weeks import weeks
from tests.browser.visitor import ANA, RAJ, visitor
from tests.browser.workspaces import make_schedules, playground_of, raise_an_alert, without_schedules

FOLDER = Path(__file__).parents[2] / ".github" / "pictures"


async def take_all(album: Album, browser: Browser, folder: Path) -> None:
    """Three tours, each in a workspace of its own, in the order in which somebody new would see things."""
    async with playground(folder) as address:
        await the_first_screen(album, browser, address)
        await a_first_tour(album, browser, address)
    for name in ("everyday", "new"):
        (folder / name).mkdir()
    async with playground(folder / "everyday") as address:
        await everyday(album, browser, address)
    (folder / "alerts").mkdir()
    async with playground_of(folder / "alerts") as (address, house), visitor(browser, address, size=DESK) as ana:
        await ana.arrive(ANA)
        await ana.put_away_the_welcome()
        await ana.moves_to_next_wednesday(hour=12)
        await raise_an_alert(house)
        await alerts(album, ana)
        await pages(album, ana)
        assert ana.complaints == []
    (folder / "incidents").mkdir()
    async with playground_of(folder / "incidents") as (address, house), visitor(browser, address, size=DESK) as ana:
        await ana.arrive(ANA)
        await ana.put_away_the_welcome()
        await raise_an_alert(house)
        await an_incident(album, ana)
        assert ana.complaints == []
    async with without_schedules(folder / "new") as (address, house):
        await first_run(album, browser, address)
        await make_schedules(house)
        async with visitor(browser, address, size=DESK) as ana:
            await ana.arrive(ANA)
            await many_schedules(album, ana)


async def a_first_tour(album: Album, browser: Browser, address: str) -> None:
    """Who is on call, schedules, and one postmortem from its form to publication."""
    async with visitor(browser, address, size=DESK) as ana, visitor(browser, address, size=DESK) as raj:
        for somebody, who in ((ana, ANA), (raj, RAJ)):
            await somebody.arrive(who)
            await somebody.put_away_the_welcome()
        await ana.moves_to_next_wednesday()
        await who_is_on_call(album, ana)
        await weeks(album, browser, ana)
        await for_the_readme(album, browser, address)
        await schedules(album, ana)
        await a_postmortem(album, ana, raj)
        await a_life_for_the_readme(album, browser, address)
        await taken_along(album, browser, ana)
        await lists(album, ana)
        await mornings(album, ana)
        assert ana.complaints == raj.complaints == []


async def everyday(album: Album, browser: Browser, address: str) -> None:
    """Overrides, channels, timelines, actions, and everything of one's own on the Home tab."""
    async with visitor(browser, address, size=DESK) as ana, visitor(browser, address, size=DESK) as raj:
        for somebody, who in ((ana, ANA), (raj, RAJ)):
            await somebody.arrive(who)
            await somebody.put_away_the_welcome()
        await ana.moves_to_next_wednesday(hour=12)
        await overrides(album, ana)
        await channels(album, ana)
        await timeline(album, ana)
        await actions(album, ana)
        await two_at_once(album, ana, raj)
        await finding(album, ana)
        await mentions(album, ana)
        await home(album, ana)
        assert ana.complaints == raj.complaints == []


async def main() -> None:
    """Take all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    album = Album(FOLDER)
    with tempfile.TemporaryDirectory() as folder:
        async with chromium() as browser:
            await take_all(album, browser, Path(folder))
    album.write_index()
    print(f"{len(album.entries)} pictures in {FOLDER}")


if __name__ == "__main__":
    asyncio.run(main())
