"""The services there are, to choose from."""

from __future__ import annotations

from dataclasses import dataclass

from bot.queries.reading import Reading
from storage import services
from storage.models.base import name_key


@dataclass(frozen=True, slots=True)
class ServiceView:
    """A service."""

    id: str
    name: str


async def search(reading: Reading, words: str = "", *, limit: int = 20) -> tuple[ServiceView, ...]:
    """The services whose names have all the words, whole or in part, by name.

    A NUL in them, which no database keeps, does not count.
    """
    found = await services.containing(reading.session, name_key(words.replace("\x00", "")).split(), limit=limit)
    return tuple(ServiceView(row.id, row.name) for row in found)
