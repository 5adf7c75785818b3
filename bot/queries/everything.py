"""Everything there is, to be taken out of the database: as it was at one moment, and never all of it in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from sqlmodel import col

from bot.engines.papers import Paper
from bot.queries import papers
from bot.queries.reading import Reading
from bot.queries.records import NOUNS, OF_POSTMORTEM, PARTS, POSTMORTEM, Record, place_in_order, record_of
from storage import rows
from storage.models import Postmortem
from storage.rows import Row

BATCH = 50


@dataclass(frozen=True, slots=True)
class WholePostmortem:
    """A postmortem with all its parts as records, and the same to read."""

    number: int
    record: Record
    paper: Paper


async def hold_still(reading: Reading) -> None:
    """Let everything that is asked in this reading be of one moment. To be asked first."""
    await rows.hold_still(reading.session)


async def records(reading: Reading, noun: str) -> AsyncIterator[Record]:
    """All records of a noun, one by one, in the order of their ids."""
    async for row in rows.stream(reading.session, NOUNS[noun]):
        yield record_of(NOUNS[noun], row)


async def postmortems(reading: Reading) -> AsyncIterator[WholePostmortem]:
    """All postmortems that are not deleted, in the order of their ids."""
    batch: list[Row] = []
    async for row in rows.stream(reading.session, Postmortem, col(Postmortem.deleted_at).is_(None)):
        batch.append(row)
        if len(batch) == BATCH:
            for each in await _whole(reading, batch):
                yield each
            batch = []
    for each in await _whole(reading, batch):
        yield each


async def _whole(reading: Reading, batch: Sequence[Row]) -> list[WholePostmortem]:
    ids = [row["id"] for row in batch]
    hanging: dict[str, dict[str, list[Record]]] = {each: {} for each in ids}
    for name, model in PARTS.items():
        grouped: dict[str, list[Record]] = defaultdict(list)
        found = await rows.among(reading.session, model, OF_POSTMORTEM, ids)
        for row in sorted(found, key=place_in_order(model)):
            record = record_of(model, row)
            grouped[record.pop(OF_POSTMORTEM)].append(record)
        for each in ids:
            hanging[each][name] = grouped[each]
    written = await papers.by_ids(reading, ids)
    return [
        WholePostmortem(
            number=row["number"],
            record={POSTMORTEM: record_of(Postmortem, row), **hanging[row["id"]]},
            paper=written[row["id"]],
        )
        for row in batch
    ]
