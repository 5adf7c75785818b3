"""The number that says whether what is remembered still holds."""

from __future__ import annotations

import asyncio

from storage.counters import advance
from storage.database import Database
from storage.revisions import COUNTER


async def test_whoever_asks_hears_of_everything_committed_before(database: Database) -> None:
    async def change_and_ask() -> None:
        async with database.writing() as session:
            mine = await advance(session, COUNTER)
        others = await asyncio.gather(*(database.revision() for _ in range(5)))
        assert min(others) >= mine

    for _ in range(5):
        await asyncio.gather(*(change_and_ask() for _ in range(8)))
    assert await database.revision() == 40


async def test_one_that_loses_patience_leaves_the_others_theirs(database: Database) -> None:
    async with database.writing() as session:
        await advance(session, COUNTER)
    asking = [asyncio.create_task(database.revision()) for _ in range(4)]
    await asyncio.sleep(0)
    asking[0].cancel()
    answers = await asyncio.gather(*asking, return_exceptions=True)
    assert answers[1:] == [1, 1, 1]
