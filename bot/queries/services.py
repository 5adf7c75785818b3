"""The services there are: to choose from, and as programs know them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.queries.reading import Reading
from bot.queries.words import MOST_WORDS, require_few
from bot.vocabulary import Visibility
from storage import services
from storage.models import Service
from storage.models.base import name_key


@dataclass(frozen=True, slots=True)
class ServiceView:
    """A service."""

    id: str
    name: str


async def search(reading: Reading, words: str = "", *, limit: int = 20) -> tuple[ServiceView, ...]:
    """The services whose names have all the words, whole or in part, by name.

    The first MOST_WORDS count, and no NUL in them, which no database keeps.
    """
    parts = name_key(words.replace("\x00", "")).split()[:MOST_WORDS]
    found = await services.containing(reading.session, parts, limit=limit)
    return tuple(ServiceView(row.id, row.name) for row in found)


@dataclass(frozen=True, slots=True)
class WholeService:
    """A service as programs know it; one that people named in a form is nobody's yet."""

    id: str
    name: str
    team_id: str | None
    description: str
    tags: Sequence[str]
    visibility: Visibility


@dataclass(frozen=True, slots=True)
class ServicePage:
    """Some of a list of services, and how long it is."""

    services: tuple[WholeService, ...]
    total: int


async def by_id(reading: Reading, service_id: str) -> WholeService | None:
    """The service with that id."""
    row = await services.by_id(reading.session, service_id)
    return _whole(row) if row else None


async def page(
    reading: Reading, words: str, *, team_id: str | None, descending: bool, limit: int, offset: int
) -> ServicePage:
    """Some of the services whose names have all the words, by name; of one team, or of all.

    Raises:
        BadFields: they are too many words.
    """
    parts = name_key(words).split()
    require_few("query", parts)
    rows = await services.page(
        reading.session, parts, team_id=team_id, descending=descending, limit=limit, offset=offset
    )
    return ServicePage(tuple(map(_whole, rows)), await services.count(reading.session, parts, team_id=team_id))


def _whole(row: Service) -> WholeService:
    return WholeService(row.id, row.name, row.team_id, row.description, tuple(row.tags), Visibility(row.visibility))
