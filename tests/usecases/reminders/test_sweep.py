"""The sweep of reminders among many drafts: it takes up what is due, and looks at nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, event

from bot.settings import Settings
from bot.usecases.reminders.wake import wake
from bot.usecases.unit import Units
from storage.database import Database
from tests.bench.filling import fill_with
from tests.bench.many import DUE, ManyDrafts
from tests.bench.sizes import Sizes

NOW = datetime(2026, 11, 18, 11, tzinfo=UTC)
"""A Wednesday, an hour after people are reminded."""
DRAFTS = 600
GROWING = ("reminder", "postmortem", "incident", "actionitem", "reviewer", "snooze", "delivery")
"""Tables with rows for every draft."""


@contextmanager
def _asked() -> Iterator[list[tuple[str, Any]]]:
    """Every question while the block runs, with its parameters."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            seen.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


async def _rows_looked_at(database: Database, asked: list[tuple[str, Any]]) -> list[str]:
    """How each question goes about it, as far as SQLite says: `SCAN` is a look at every row."""
    steps: list[str] = []
    async with database.reading() as session:
        connection = await session.connection()
        for statement, parameters in asked:
            plan = await connection.exec_driver_sql(f"explain query plan {statement}", parameters)
            steps += plan.scalars("detail").all()
    return steps


async def test_it_takes_up_what_is_due_and_looks_at_nothing_else(database: Database) -> None:
    await fill_with(database, ManyDrafts(Sizes(people=60, schedules=2, postmortems=DRAFTS, turns=0), NOW))
    units = Units(database, lambda: NOW, Settings())
    with _asked() as asked:
        async with units.begin(None) as unit:
            woken = await wake(unit)
    assert (woken.taken_up, len(woken.people)) == (DUE, DUE)
    async with units.begin(None) as unit:
        assert (await wake(unit)).taken_up == 0
    assert len(asked) <= 20
    if not database.is_sqlite:
        return
    steps = await _rows_looked_at(database, asked)
    # The next due of all is the first of its index, however many follow.
    first_of_index = "SCAN reminder USING COVERING INDEX ix_reminder_due_at"
    looked_through = [each for each in steps if each.startswith("SCAN") and each != first_of_index]
    assert [each for each in looked_through if each.split()[1] in GROWING] == []
