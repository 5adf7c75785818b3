"""How often a key may ask: buckets of each key and domain, shared by all replicas, and what the limited are told."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest
from sqlalchemy import event
from sqlmodel import select

from bot.api.rooms import ROOMS
from bot.queries.keys import listed
from bot.queries.reading import Reader
from bot.settings import Settings
from bot.usecases.keys.uses import KeyUses
from bot.usecases.unit import Units
from bot.vocabulary import Domain, Right
from storage.database import Database
from storage.models import Allowance
from tests.api.conftest import Answer, Api, served
from tests.api.echoing import add_echo
from tests.conftest import StillClock

ASKED = "/v2/schedules/nothing"
ON_CALL = "/v2/schedules/on-calls"
LIMITS = "configuration=30/60,schedule-on-call=5/10"


async def asked(api: Api, times: int, path: str = ASKED, key: str | None = "") -> list[Answer]:
    """So many requests at once."""
    return list(await asyncio.gather(*(api.get(path, key=key) for _ in range(times))))


async def allowed(api: Api, times: int, path: str = ASKED, key: str | None = "") -> int:
    """How many of so many requests at once were let in."""
    return sum(answer.status != 429 for answer in await asked(api, times, path, key))


async def test_a_burst_is_let_in_up_to_the_limit_and_the_rest_is_told_when_to_come_again(
    database: Database, clock: StillClock
) -> None:
    async with served(database, clock, rate_limits=LIMITS) as api:
        first = await api.get(ASKED)
        assert first.headers["X-RateLimit-State"] == "OK"
        assert first.headers["X-RateLimit-Reason"] == "ACCOUNT"
        assert first.headers["X-RateLimit-Period-In-Sec"] == "60"
        answers = await asked(api, 60)
        assert Counter(answer.status for answer in answers) == {404: 29, 429: 31}
        refused = next(answer for answer in answers if answer.status == 429)
        assert refused.body["message"].startswith("You are making too many requests! ")
        assert set(refused.body) == {"message", "took", "requestId"}
        assert refused.headers["X-RateLimit-State"] == "THROTTLED"
        assert refused.headers["X-RateLimit-Reason"] == "ACCOUNT"
        assert refused.headers["X-RateLimit-Period-In-Sec"] == "60"
        clock.advance(seconds=int(refused.headers["Retry-After"]) - 0.001)
        assert await allowed(api, 5) == 0
        clock.advance(seconds=0.001)
        assert await allowed(api, 5) == 3  # a tenth of the limit comes back with each tenth of the period
        clock.advance(seconds=60)
        assert await allowed(api, 60) == 30


async def test_keys_and_domains_are_limited_apart_and_off_means_no_limit(database: Database, clock: StillClock) -> None:
    async with served(database, clock, rate_limits=LIMITS) as api:
        other = await api.make_key(Right.READ, Right.CONFIGURE)
        assert await allowed(api, 40) == 30
        assert await allowed(api, 40, key=other) == 30
        answers = await asked(api, 10, ON_CALL)
        assert Counter(answer.status for answer in answers) == {200: 5, 429: 5}
        assert {answer.headers["X-RateLimit-Period-In-Sec"] for answer in answers} == {"10"}


def test_all_requests_about_postmortems_are_counted_as_those_about_incidents_whoever_sells_them() -> None:
    asked = [each for room in ROOMS for each in room.endpoints if "postmortem" in each.path]
    assert {each.path.strip("/").split("/")[0] for each in asked} == {"v2", "api"}
    assert {(each.domain, each.is_configuration) for each in asked} == {(Domain.INCIDENT, False)}


async def test_a_postmortem_and_an_incident_share_one_bucket(database: Database, clock: StillClock) -> None:
    async with served(database, clock, rate_limits="configuration=1/60,incident=6/60") as api:
        assert await allowed(api, 4, "/v2/postmortem/nothing") == 4
        assert await allowed(api, 4, "/v1/incidents/nothing") == 2


async def test_who_may_not_come_in_costs_nobody_anything(database: Database, clock: StillClock) -> None:
    async with served(database, clock, prepare=add_echo, rate_limits=LIMITS) as api:
        await asked(api, 40, "/v2/echo/x")
        reader = await api.make_key(Right.READ)
        assert {answer.status for answer in await asked(api, 40, key=reader)} == {403}
        assert (await api.get(ASKED, key="no-key")).status == 422
        assert (await api.get(ASKED, key=None)).status == 401
        late = await api.ask("POST", "/v2/echo", data=b"{cut")
        assert late.status == 429  # before the body is looked at


async def test_two_replicas_together_give_out_no_more_than_the_bucket_holds(
    database_url: str, clock: StillClock
) -> None:
    async with (
        served(Database(database_url), clock, rate_limits=LIMITS) as one,
        served(Database(database_url), clock, rate_limits=LIMITS) as two,
    ):
        given = 0
        for requests, seconds in ((3, 2.0), (50, 3.0), (7, 1.0), (50, 60.0), (50, 0.0)):
            there, here = await asyncio.gather(allowed(one, requests, key=one.key), allowed(two, requests, key=one.key))
            given += there + here
            assert there + here <= 30
            clock.advance(seconds=seconds)
        assert 60 <= given <= 30 + 33


async def test_a_request_costs_no_write_of_its_own(database: Database, clock: StillClock) -> None:
    writes: list[str] = []

    @event.listens_for(database._engine.sync_engine, "before_cursor_execute")
    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.lower().startswith(("insert", "update", "delete")):
            writes.append(statement)

    async with served(database, clock, rate_limits="configuration=1000/60") as api:
        await api.get(ASKED)
        writes.clear()
        assert await allowed(api, 200) == 200
        leases = sum(statement.lower().startswith("update allowance") for statement in writes)
        assert leases <= 8
        assert len(writes) == 2 * leases


async def test_what_is_left_is_remembered_by_the_database(database_url: str, clock: StillClock) -> None:
    async with served(Database(database_url), clock, rate_limits=LIMITS) as before:
        assert await allowed(before, 25) == 25
        async with served(Database(database_url), clock, rate_limits=LIMITS) as after:
            assert await allowed(after, 30, key=before.key) <= 5
    database = Database(database_url)
    async with database.reading() as session:
        rows = (await session.exec(select(Allowance))).all()
    await database.close()
    assert [(row.domain, row.tokens) for row in rows] == [("configuration", 0.0)]


async def test_the_last_use_is_written_once_a_minute_and_at_the_end(database: Database, clock: StillClock) -> None:
    settings = Settings()
    uses, reader = KeyUses(Units(database, clock, settings), clock), Reader(database, clock, settings)
    async with served(database, clock) as api:

        async def last_use() -> object:
            async with reader() as reading:
                return next(key.last_used_at for key in await listed(reading) if key.name.startswith("everything"))

        key_id = await _id_of(reader)
        began = clock()
        uses.note(key_id)
        assert await last_use() is None
        assert await uses.run() == 1
        assert await last_use() == began
        for _ in range(5):
            clock.advance(seconds=10)
            uses.note(key_id)
            assert await uses.run() == 0
        assert await last_use() == began
        clock.advance(seconds=10)
        assert await uses.run() == 1
        assert await last_use() == clock() - (clock() - began) / 6
        assert await uses.write() == 0
        clock.advance(seconds=1)
        await api.get(ASKED)
    async with reader() as reading:
        ends = next(key.last_used_at for key in await listed(reading) if key.name.startswith("everything"))
    assert ends == clock()
    await database.close()


async def _id_of(reader: Reader) -> str:
    async with reader() as reading:
        return (await listed(reading))[0].id


@pytest.mark.parametrize("limits", ["off", "configuration=off"])
async def test_limits_that_are_off_are_off(database: Database, clock: StillClock, limits: str) -> None:
    async with served(database, clock, rate_limits=limits) as api:
        assert await allowed(api, 150) == 150
        assert (await api.get(ASKED)).headers["X-RateLimit-State"] == "OK"
