"""PostgreSQL shows each statement of a question the newest there is: a schedule may go while it is being read."""

from __future__ import annotations

from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy import event

from bot.engines.rotation import on_call
from bot.queries import schedules
from bot.queries.reading import Reader
from bot.usecases.unit import Units
from tests.api.opsgenie.schedules.watches import Watches, rotation

POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)


@pytest.mark.parametrize("database_url", [POSTGRES], indirect=True)
@pytest.mark.parametrize("asked", ["one", "every"])
async def test_a_schedule_deleted_while_it_is_read_has_nobody_on_call(
    units: Units, reader: Reader, database_url: str, asked: str
) -> None:
    watches = Watches(units)
    schedule = await watches.schedule("Payments", rotation("Primary", await watches.person("ana")))
    deleted: list[str] = []

    def delete(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "FROM rotation " in statement and not deleted:
            deleted.append(statement)
            with psycopg.connect(database_url) as other:
                other.execute("delete from rotationversion")
                other.execute("delete from rotation")
                other.execute("delete from schedule")

    async with reader() as reading:
        event.listen(reading.session.get_bind(), "after_cursor_execute", delete)
        if asked == "one":
            found = await schedules.by_id(reading, schedule.id)
        else:
            [found] = await schedules.every(reading)
    assert deleted
    assert found
    assert on_call(found.schedule, datetime(2026, 11, 18, 9, tzinfo=UTC)) == ()
