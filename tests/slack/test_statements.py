"""What every verb and main button costs in statements: as many in a small workspace as in one ten times its size."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile

import pytest
from aiohttp import ClientSession, web

from bot.queries import people
from bot.queries.home import home
from bot.settings import Settings
from bot.usecases.people.open_home import open_home
from bot.wiring import House, build
from storage.counters import advance
from storage.database import Database
from storage.revisions import COUNTER
from tests.bench.acting import Actor, Answered, ListeningSlack, listening_slack
from tests.bench.filling import fill
from tests.bench.lines import HOME, SCENES
from tests.bench.load import BOT_TOKEN, SECRET
from tests.bench.sizes import Sizes, channel_id, slack_id
from tests.usecases.stories import statements

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
SMALL = Sizes(people=200, schedules=40, postmortems=260, askers=2, turns=1)
LARGE = Sizes(people=2_000, schedules=400, postmortems=2_600, askers=2, turns=1)
COSTS = {
    "/oncall now": 9,
    "button: Show to channel": 10,
    "/oncall now <schedule>": 8,
    "/oncall next": 9,
    "button: More": 9,
    "/oncall at <time> <schedule>": 8,
    "/oncall me": 7,  # one looks for teams and escalations that may mean the asker: until the next change it is known
    "/oncall week <schedule>": 8,
    "/oncall month <schedule>": 8,
    "/oncall why <schedule>": 8,
    "/oncall override": 9,
    "button: Put on call": 20,
    "/oncall undo": 24,
    "button: Undo": 20,
    "/oncall override, form": 3,
    "/oncall page": 31,
    "/oncall page, form": 8,
    "/oncall schedules": 11,
    "button: New schedule": 2,
    "/oncall link <schedule>": 6,
    "/oncall unlink <schedule>": 10,
    "/oncall calendar <schedule>": 8,
    "button: New link": 7,
    "/oncall calendar": 6,
    "/oncall log": 8,
    "/oncall log <schedule>": 9,
    "/oncall help": 0,
    "/postmortem mine": 10,
    "/postmortem create": 3,
    "/postmortem show": 24,
    "button: Show to channel (all of it)": 8,
    "/postmortem edit": 8,
    "/postmortem add": 18,
    "button: Undo (entry)": 17,
    "/postmortem timeline": 16,
    "/postmortem times": 21,
    "/postmortem action": 21,
    "/postmortem actions PM": 4,
    "/postmortem actions mine": 4,
    "/postmortem actions team": 4,
    "/postmortem actions overdue": 4,
    "button: More (actions)": 4,
    "/postmortem submit": 18,
    "/postmortem approve": 14,
    "/postmortem changes": 18,
    "/postmortem publish": 32,
    "/postmortem reopen": 17,
    "/postmortem assign": 16,
    "/postmortem snooze": 16,
    "/postmortem delete": 25,
    "button: Delete": 13,
    "/postmortem undo": 20,
    "/postmortem list": 4,
    "button: Older": 4,
    "/postmortem list review": 4,
    "/postmortem list overdue": 5,
    "/postmortem list published Team Payments 0": 5,
    "/postmortem search <common words>": 6,
    "/postmortem search <a beginning>": 6,
    "/postmortem search <a rare word>": 6,
    "/postmortem templates": 5,
    "/postmortem templates <one>": 5,
    "/postmortem stats": 7,
    "/postmortem stats 90d": 7,
    "/postmortem help": 0,
    "@watchbill now <schedule>": 8,
    "@watchbill add": 17,
    "shortcut: Add to postmortem": 9,
    "shortcut: Start a postmortem": 6,
    HOME: 24,  # the same one
}
"""The most of each, with nothing remembered: whoever is asked about, and who is on call, is read anew."""


@asynccontextmanager
async def _house(slack: ListeningSlack, file: Path) -> AsyncIterator[tuple[House, str]]:
    """A bot on that database, and where Slack sends things to; what it tells unasked stays where it is."""
    settings = Settings(slack_bot_token=BOT_TOKEN, slack_signing_secret=SECRET, slack_api_url=slack.api_url)
    house = build(settings, clock=lambda: NOW, database=Database(f"sqlite:///{file}"))
    runner = web.AppRunner(house.web, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await house.connect()
    await house.clockwork.stop()
    yield house, f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    await runner.cleanup()
    await house.close()


async def _forget(house: House) -> None:
    """Nothing that was read before counts as known."""
    async with house.database.writing() as session:
        await advance(session, COUNTER)


async def _costs(file: Path, sizes: Sizes) -> dict[str, list[str]]:
    """The statements of every step of the scenes."""
    found: dict[str, list[str]] = {}
    async with listening_slack() as slack, _house(slack, file) as (house, url), ClientSession() as session:
        actor = Actor(slack, session, url, slack_id(0), channel_id(0), clock=NOW.timestamp)
        for scene in (each for each in SCENES if each[0].what != HOME):
            told: Answered | None = None
            for step in scene:
                await _forget(house)
                with statements() as seen:
                    told = await step.act(actor, step.words(sizes, 0, 0, NOW), told)
                    await house.in_hand.settled()
                assert step.shows in told.text, f"{step.what}: {told.text[:900]}"
                found[step.what] = seen
        found[HOME] = await _cost_of_home(house)
    return found


async def _cost_of_home(house: House) -> list[str]:
    """The statements of a Home tab, from its opening to the view that is published."""
    async with house.reader() as reading:
        asker = await people.by_slack_id(reading, slack_id(0))
    assert asker is not None
    await _forget(house)
    with statements() as seen:
        async with house.units.begin(asker) as unit:
            await open_home(unit)
        async with house.reader() as reading:
            await home(reading, asker)
    return seen


async def _filled(file: Path, sizes: Sizes) -> dict[str, list[str]]:
    database = Database(f"sqlite:///{file}")
    await fill(database, sizes, NOW)
    await database.close()
    return await _costs(file, sizes)


@pytest.fixture(scope="module")
def costs(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> list[dict[str, list[str]]]:
    """The statements of every step, in the small workspace and in the large one."""
    found = []
    for sizes in (SMALL, LARGE):
        file = tmp_path_factory.mktemp("sizes") / "filled.db"
        copyfile(migrated_file, file)
        found.append(asyncio.run(_filled(file, sizes)))
    return found


@pytest.mark.parametrize("what", COSTS)
def test_it_takes_as_many_statements_however_much_there_is(costs: list[dict[str, list[str]]], what: str) -> None:
    small, large = [each[what] for each in costs]
    assert len(small) == len(large) <= COSTS[what], "\n".join(large)


def test_everything_that_is_done_at_size_has_its_number() -> None:
    assert {step.what for scene in SCENES for step in scene} == set(COSTS)
