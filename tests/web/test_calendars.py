"""Calendar feeds by their secret links, as a calendar that has subscribed asks for them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.engines.rotation import Schedule
from bot.queries import people
from bot.queries.feed_links import OWN, fingerprint_of
from bot.queries.reading import Reader
from bot.usecases.calendars.give_link import give_link
from bot.usecases.calendars.roll_link import roll_link
from storage.database import Database
from storage.models import User
from tests.api.conftest import Answer, Api, served
from tests.api.opsgenie.schedules.watches import Watches, rotation
from tests.conftest import StillClock
from tests.engines.calendars.subscriber import lines_of, subscribed
from tests.usecases.stories import statements

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)


@dataclass
class Subscribers:
    """People with a schedule, and their links to calendars."""

    api: Api
    reader: Reader
    schedule: Schedule
    ann: str
    bob: str

    async def link(self, who: str, schedule_id: str = OWN) -> str:
        """The token of somebody's link."""
        async with self.reader() as reading:
            person = (await people.by_ids(reading, [who]))[who]
        async with self.api.units.begin(person) as unit:
            return await give_link(unit, schedule_id)

    async def roll(self, who: str, token: str, schedule_id: str = OWN) -> str:
        """The token of their new one."""
        async with self.reader() as reading:
            person = (await people.by_ids(reading, [who]))[who]
        async with self.api.units.begin(person) as unit:
            return await roll_link(unit, schedule_id, fingerprint=fingerprint_of(token))

    async def get(self, token: str, *, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answer:
        """The feed; no key goes along."""
        return await self.api.ask(method, f"/calendars/{token}.ics", key=None, headers=headers)


@pytest.fixture
async def api(database: Database, clock: StillClock) -> AsyncIterator[Api]:
    async with served(database, clock, rate_limits="off") as api:
        yield api


@pytest.fixture
async def subscribers(api: Api, reader: Reader) -> Subscribers:
    watches = Watches(api.units)
    ann, bob = await watches.people("ann", "bob")
    schedule = await watches.schedule("Payments", rotation("Primary", ann, bob))
    return Subscribers(api, reader, schedule, ann.id or "", bob.id or "")


async def test_a_link_shows_a_schedule_or_ones_own_shifts_and_nothing_else(subscribers: Subscribers) -> None:
    whole = await subscribers.link(subscribers.ann, subscribers.schedule.id)
    own = await subscribers.link(subscribers.ann)
    assert await subscribers.link(subscribers.ann) == own != whole
    assert await subscribers.link(subscribers.bob) not in {own, whole}
    answer = await subscribers.get(whole)
    assert answer.status == 200 and answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert {each.who for each in subscribed(answer.text)} == {"Ann", "Bob"}
    assert b"X-WR-CALNAME:On call: Payments" in lines_of(answer.text.encode())
    mine = subscribed((await subscribers.get(own)).text)
    assert {each.summary for each in mine} == {"On call: Payments"}
    theirs = {each.start for each in subscribed(answer.text) if each.who == "Ann"}
    assert {each.start for each in mine} == theirs
    assert max(theirs) > NOW + timedelta(days=350)
    quarter = subscribed((await subscribers.api.get(f"/v2/schedules/on-calls/{subscribers.ann}.ics")).text)
    assert quarter == mine[: len(quarter)] and NOW + timedelta(days=80) < quarter[-1].start < max(theirs)
    assert subscribed((await subscribers.get(own)).text) == mine


async def test_who_has_no_link_that_holds_learns_nothing(subscribers: Subscribers) -> None:
    token = await subscribers.link(subscribers.ann)
    for wrong in (token[:-1], f"{token}x", token.swapcase(), "x" * 43, "a", "%00" * 43, "..%2f" * 5, f"{token}.ics"):
        answer = await subscribers.get(wrong)
        assert answer.status == 404, wrong
        assert answer.text.startswith("There is no calendar at this address.")
    assert (await subscribers.api.ask("POST", f"/calendars/{token}.ics", key=None)).status == 405


async def test_a_link_that_was_rolled_stops_at_once_and_pressing_twice_rolls_once(subscribers: Subscribers) -> None:
    old = await subscribers.link(subscribers.ann)
    shown = await subscribers.get(old)
    new = await subscribers.roll(subscribers.ann, old)
    assert await subscribers.roll(subscribers.ann, old) == new != old
    assert await subscribers.link(subscribers.ann) == new
    assert (await subscribers.get(old, headers={"If-None-Match": shown.headers["ETag"]})).status == 404
    assert (await subscribers.get(new)).text == shown.text
    assert await subscribers.roll(subscribers.bob, "none yet") == await subscribers.link(subscribers.bob)


async def test_what_a_calendar_has_already_is_not_sent_again(subscribers: Subscribers, clock: StillClock) -> None:
    token = await subscribers.link(subscribers.ann, subscribers.schedule.id)
    first = await subscribers.get(token)
    known = {"If-None-Match": first.headers["ETag"]}
    with statements() as seen:
        again = await subscribers.get(token, headers=known)
    assert (again.status, again.text, again.headers["ETag"]) == (304, "", first.headers["ETag"])
    assert len(seen) <= 3
    assert (await subscribers.get(token, headers={"If-None-Match": f'"x", {first.headers["ETag"]}'})).status == 304
    head = await subscribers.get(token, method="HEAD")
    assert (head.status, head.text, head.headers["ETag"]) == (200, "", first.headers["ETag"])

    await Watches(subscribers.api.units).override(
        subscribers.schedule, subscribers.schedule.rotations[0].rule.participants[0], NOW, NOW + timedelta(hours=1)
    )
    changed = await subscribers.get(token, headers=known)
    assert changed.status == 200 and changed.headers["ETag"] != first.headers["ETag"]
    clock.advance(days=1)
    assert (await subscribers.get(token, headers={"If-None-Match": changed.headers["ETag"]})).status == 200


async def test_the_calendar_of_who_has_left_is_empty_and_that_of_a_schedule_that_is_gone_is_gone(
    subscribers: Subscribers,
) -> None:
    anns, bobs = (
        await subscribers.link(subscribers.ann),
        await subscribers.link(subscribers.bob, subscribers.schedule.id),
    )
    assert subscribed((await subscribers.get(anns)).text)
    known = {"If-None-Match": (await subscribers.get(anns)).headers["ETag"]}
    async with subscribers.api.units.begin(None) as unit:
        (await unit.session.get_one(User, subscribers.ann)).has_left = True
    left = await subscribers.get(anns, headers=known)
    assert left.status == 200 and subscribed(left.text) == []
    assert (await subscribers.get(bobs)).status == 200
    key = await subscribers.api.ask("DELETE", f"/v2/schedules/{subscribers.schedule.id}")
    assert key.status == 200
    assert (await subscribers.get(bobs)).status == 404


async def test_names_of_any_kind_break_no_calendar(api: Api, reader: Reader) -> None:
    watches = Watches(api.units)
    names = ("a, b; c\\n", "two\nlines\r\nof it", "🚢" * 40, "ראש המשמרת", "nul\x07 and \u2028", "x" * 100, "é" * 80)
    roster = [await watches.person(f"p{place}") for place in range(len(names))]
    async with api.units.begin(None) as unit:
        for who, name in zip(roster, names, strict=True):
            (await unit.session.get_one(User, who.id)).name = name
    schedule = await watches.schedule("Öl; 50%,\n“night” 👩‍🚒", rotation("R\n1; \\", *roster))
    text = (await api.get(f"/v2/schedules/{schedule.id}.ics")).text.encode()
    assert max(map(len, lines_of(text))) <= 75
    shown = subscribed(text)
    assert {each.who for each in shown} == {
        "a, b; c\\n",
        "two lines of it",
        "🚢" * 40,
        "ראש המשמרת",
        "nul and",
        "x" * 100,
        "é" * 80,
    }
    assert {each.summary.partition(": ")[2] for each in shown} == {"Öl; 50%, “night” 👩‍🚒"}
    assert {each.description for each in shown} == {"Rotation: R 1; \\"}
