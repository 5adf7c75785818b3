"""Escalations: their names, and whom they bring an alert to."""

from __future__ import annotations

from collections.abc import Iterable

from bot.queries.reading import Reading
from storage import escalations


async def names(reading: Reading, ids: Iterable[str]) -> dict[str, str]:
    """The names of the escalations with these ids, by id; unknown ids are left out."""
    return {row.id: row.name for row in await escalations.by_ids(reading.session, ids)}
