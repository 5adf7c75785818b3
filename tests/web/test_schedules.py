"""The page of a schedule: what is on it, who may see it, and what is said where there is nothing to see."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.engines.pictures import Period, PeriodKind
from bot.engines.rotation import Participant
from bot.queries import pages, schedules
from bot.queries.reading import Reader
from bot.settings import Settings
from bot.usecases.schedules.create import create
from bot.usecases.schedules.wanted import WantedRotation, WantedSchedule
from bot.usecases.unit import Units
from bot.vocabulary import ParticipantKind, RotationType
from bot.web.schedules import schedule_routes
from storage.database import Database
from storage.models import Override
from tests.conftest import StillClock, met

Client = TestClient[web.Request, web.Application]
HOSTILE = '<script>alert(1)</script> & "Söhne"'
WEEK = Period(PeriodKind.WEEK, date(2026, 11, 16))


@pytest.fixture
def settings() -> Settings:
    return Settings(slack_bot_token="xoxb-a-token", slack_signing_secret="a secret")


async def _made(units: Units, name: str) -> str:
    """A schedule of two people, a week each, with half a day in which nobody is on call; its id."""
    ana, raj = [await met(units, slack_id) for slack_id in ("UANA", "URAJ")]
    rotation = WantedRotation(
        id=None,
        name="Primary",
        participants=tuple(Participant(ParticipantKind.USER, each.id) for each in (ana, raj)),
        type=RotationType.WEEKLY,
        length=1,
        start=datetime(2026, 11, 9, 9),  # noqa: DTZ001  as the schedule's wall clock reads it
    )
    async with units.begin(ana) as unit:
        return await create(unit, WantedSchedule(name, "Europe/Berlin", team=None, rotations=(rotation,)))


async def _client(reader: Reader, *, is_open: bool) -> Client:
    application = web.Application()
    application.add_routes(schedule_routes(reader, is_open=is_open))
    return TestClient(TestServer(application))


@pytest.fixture
async def client(reader: Reader) -> AsyncIterator[Client]:
    """A page that opens by its key."""
    async with await _client(reader, is_open=False) as client:
        yield client


@pytest.fixture
async def playground(reader: Reader) -> AsyncIterator[Client]:
    """A page that is open to everybody on this machine."""
    async with await _client(reader, is_open=True) as client:
        yield client


async def _address(reader: Reader, name: str, period: Period = WEEK) -> str:
    """The path that Slack's link leads to, with its key."""
    async with reader() as reading:
        listed = await schedules.listed(reading)
        (schedule,) = (each for each in listed if each.name == name)
        return pages.address(reading.settings, schedule, period).removeprefix(reading.settings.address)


async def test_the_page_shows_the_picture_and_the_same_facts_as_a_list(
    client: Client, units: Units, reader: Reader, database: Database
) -> None:
    schedule_id = await _made(units, "Payments")
    async with database.writing() as session:
        noon = datetime(2026, 11, 19, 11, tzinfo=UTC)
        session.add(
            Override(
                schedule_id=schedule_id,
                kind=ParticipantKind.NONE,
                start=noon,
                end=noon + timedelta(hours=12),
                rotation_ids=[],
                sequence=1,
                created_at=noon,
            )
        )
    answer = await client.get(await _address(reader, "Payments"))
    text = await answer.text()
    assert (answer.status, answer.content_type) == (200, "text/html")
    assert text.count("<svg") == 1 and "Payments, 16 – 22 November 2026, times in Europe/Berlin" in text
    assert "<p class=now>Now: Raj until Thu 19 Nov 12:00</p>" in text
    items = re.findall("<li>(.*?)</li>", text)
    assert items == [
        "Until Mon 16 Nov 09:00: Ana",
        "Mon 16 Nov 09:00 – Thu 19 Nov 12:00: Raj",
        "Thu 19 Nov 12:00 – Fri 20 Nov 00:00: nobody (override)",
        "From Fri 20 Nov 00:00: Raj",
    ]


async def test_one_can_go_to_the_week_before_and_the_month_around_it(
    client: Client, units: Units, reader: Reader
) -> None:
    await _made(units, "Payments")
    path = await _address(reader, "Payments")
    text = await (await client.get(path)).text()
    links = dict(reversed(each) for each in re.findall('<a href="([^"]*)"[^>]*>([^<]*)</a>', text))
    wanted = {"Previous": "9 – 15 November", "Next": "23 – 29 November", "Month": ", November 2026"}
    for words, shown in wanted.items():
        there = await client.get(path.partition("?")[0] + links[words].replace("&amp;", "&"))
        assert there.status == 200 and shown in await there.text()
    assert "week=2026-W47" in links["Today"]


async def test_without_its_own_key_nobody_learns_that_there_is_such_a_schedule(
    client: Client, units: Units, reader: Reader
) -> None:
    await _made(units, "Payments")
    await _made(units, "Platform")
    key = (await _address(reader, "Platform")).partition("key=")[2]
    said = set()
    for path in ("Payments", "Payments?key=", f"Payments?key={key}", "Payments?key=%C3%A9%00", "Nothing", "", "%00"):
        answer = await client.get(f"/schedules/{path}")
        said.add((answer.status, await answer.text()))
    ((status, text),) = said
    assert status == 404
    assert "/oncall week" in text and "?week=2026-W47" in text
    assert "Payments" not in text and "Platform" not in text


async def test_a_key_outlives_a_new_name_and_dies_with_the_token(units: Units, reader: Reader) -> None:
    schedule_id = await _made(units, "Payments")
    key = (await _address(reader, "Payments")).partition("key=")[2]
    async with reader() as reading:
        settings = reading.settings
    assert pages.opens(settings, schedule_id, key)
    assert not pages.opens(settings.model_copy(update={"slack_bot_token": "xoxb-another"}), schedule_id, key)
    tokenless = settings.without_tokens()
    empty = pages.address(tokenless, schedules.ScheduleName(schedule_id, "Payments"), WEEK).partition("key=")[2]
    assert not pages.opens(tokenless, schedule_id, empty)


async def test_nothing_is_loaded_kept_or_handed_on(client: Client, units: Units, reader: Reader) -> None:
    await _made(units, "Payments")
    answer = await client.get(await _address(reader, "Payments"))
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-") and "unsafe" not in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "private, no-store"
    text = await answer.text()
    assert not re.search(r"<script|<link|@import|url\((?!#)| style=|src=", text)
    assert not re.search("http(?!://www.w3.org/2000/svg)", text)
    assert "@example.com" not in text, "names, and nothing else of people"


async def test_a_hostile_name_is_text_and_its_address_can_be_opened(
    client: Client, units: Units, reader: Reader
) -> None:
    await _made(units, HOSTILE)
    text = await (await client.get(await _address(reader, HOSTILE))).text()
    assert "<script" not in text and "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in text
    svg = text[text.index("<svg") : text.index("</svg>") + len("</svg>")]
    ElementTree.fromstring(svg)  # noqa: S314  we have drawn it ourselves


async def test_a_week_that_is_none_is_said_with_what_to_type(playground: Client, units: Units) -> None:
    await _made(units, "Payments")
    for query, says in {
        "week=2026-W60": "“2026-W60” is no week that I can read",
        "month=<b>": "“&lt;b&gt;” is no month that I can read",
        "week=1815-W24": "is drawn from 2000 to 2199",
    }.items():
        answer = await playground.get(f"/schedules/Payments?{query}")
        assert answer.status == 404
        assert says in await answer.text()


async def test_in_the_playground_every_schedule_is_open_and_offered(
    playground: Client, units: Units, clock: StillClock
) -> None:
    await _made(units, "Pay/ments ü")
    missing = await playground.get("/schedules/Paymants")
    assert missing.status == 404
    (path,) = re.findall('<li><a href="([^"]*)">', await missing.text())
    assert path == "/schedules/Pay%2Fments%20%C3%BC"
    shown = await playground.get(path)
    assert shown.status == 200 and "16 – 22 November 2026" in await shown.text()
    clock.advance(days=7)
    assert "23 – 29 November 2026" in await (await playground.get(f"{path}/?week=")).text()


async def test_the_ends_of_time_have_no_way_beyond(playground: Client, units: Units) -> None:
    await _made(units, "Payments")
    last = await (await playground.get("/schedules/Payments?month=2199-12")).text()
    first = await (await playground.get("/schedules/Payments?month=2000-01")).text()
    assert ">Next<" not in last and ">Previous<" in last
    assert ">Previous<" not in first and ">Next<" in first
