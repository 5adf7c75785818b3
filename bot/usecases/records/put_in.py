"""Put everything that was taken out of a database into another one, which holds nothing yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import DataError, IntegrityError
from sqlmodel import SQLModel, col

from bot.errors import Locked, Unreadable
from bot.queries.cadence import cadence_of
from bot.queries.records import NOUNS, PARTS, WHOLE, Record, row_of
from bot.usecases.reminders.plan import plan_newcomers
from bot.usecases.unit import Unit
from storage import postmortems, rows
from storage.models import Postmortem
from storage.rows import Row

BATCH = 500
PLANNED_AT_ONCE = 100
_UNFIT = (IntegrityError, DataError, OverflowError, UnicodeEncodeError)
"""What databases and their drivers say to a value that has no place."""


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record of a table, and where it stands, for whoever has to mend it."""

    table: type[SQLModel]
    record: Record
    place: str


async def put_in(unit: Unit, found: Iterable[FoundRecord]) -> None:
    """Put in all these records, those first to which others refer; what follows from them is planned anew.

    Nobody is told of anything, and no event is written: the events are among the records.

    Raises:
        Locked: the database holds something already.
        Unreadable: a record has no place: it is none of its table, or there twice, or points to what is not there.
    """
    await _require_empty(unit)
    for batch in _batches(found):
        await _put(unit, batch)
    for table in (*NOUNS.values(), *PARTS.values()):
        await rows.count_on(unit.session, table)
    await _plan_reminders(unit)


async def _require_empty(unit: Unit) -> None:
    for noun, table in (*NOUNS.items(), ("postmortems", WHOLE)):
        if not await rows.is_empty(unit.session, table):
            raise Locked(
                f"The database holds {noun.replace('-', ' ')} already. What was exported goes into an empty one: "
                "let DATABASE_URL name a new database, or remove the old one first."
            )


def _batches(found: Iterable[FoundRecord]) -> Iterator[list[FoundRecord]]:
    """In their order, as many of one table at once as is quick."""
    batch: list[FoundRecord] = []
    for each in found:
        if batch and (each.table is not batch[0].table or len(batch) == BATCH):
            yield batch
            batch = []
        batch.append(each)
    if batch:
        yield batch


async def _put(unit: Unit, batch: Sequence[FoundRecord]) -> None:
    made = [row_of(each.table, each.record, place=each.place) for each in batch]
    try:
        await _put_rows(unit, batch[0].table, made)
    except _UNFIT:
        for each, row in zip(batch, made, strict=True):  # one of them, and its place is to be named
            await _put_one(unit, each, row)


async def _put_one(unit: Unit, found: FoundRecord, row: Row) -> None:
    try:
        await _put_rows(unit, found.table, [row])
    except _UNFIT as error:
        reason = "it is there twice, or points to what is not there, or says what no database keeps"
        raise Unreadable(f"{found.place}: this has no place in the database: {reason}.") from error


async def _put_rows(unit: Unit, table: type[SQLModel], made: Sequence[Row]) -> None:
    async with unit.session.begin_nested():
        await rows.put(unit.session, table, made)


async def _plan_reminders(unit: Unit) -> None:
    """From the next morning on, everybody hears of what waits for them."""
    ids = [row["id"] async for row in rows.stream(unit.session, Postmortem, col(Postmortem.deleted_at).is_(None))]
    for start in range(0, len(ids), PLANNED_AT_ONCE):
        some = ids[start : start + PLANNED_AT_ONCE]
        cadence = await cadence_of(unit.reading, await postmortems.by_ids(unit.session, some))
        await plan_newcomers(unit, cadence, some)
        await unit.session.flush()
        unit.session.expunge_all()  # or all postmortems would stay in memory
