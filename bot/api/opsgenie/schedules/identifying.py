"""Which schedule a path speaks of, and whether the key may look at it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

from bot.api.endpoints import Call
from bot.api.opsgenie.wire import Sent
from bot.errors import NotFound
from bot.queries import schedules
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.usecases.reach import require_reach


class IdentifierType(StrEnum):
    """What the part of a path is."""

    ID = "id"
    NAME = "name"


class ByIdentifier(Sent):
    """The query of a request about one schedule. Clients send the longer word where only the shorter is documented."""

    identifier_type: IdentifierType | None = None
    schedule_identifier_type: IdentifierType | None = None

    @property
    def kind(self) -> IdentifierType:
        """What the identifier is; an id where nothing is said."""
        return self.identifier_type or self.schedule_identifier_type or IdentifierType.ID


AboutOne = TypeVar("AboutOne", bound=ByIdentifier)


async def schedule_of(reading: Reading, call: Call[AboutOne, Any]) -> Watched:
    """The schedule that the path names.

    Raises:
        NotFound: there is none.
        NotAllowed: the key acts for another team.
    """
    identifier = call.parts["identifier"]
    if call.query.kind is IdentifierType.NAME:
        found = await schedule_named(reading, identifier)
    else:
        found = await schedules.by_id(reading, identifier)
    if found is None:
        raise NotFound(f"No schedule exists with {call.query.kind} [{identifier}].")
    require_reach(call.key, found.team_id)
    return found


async def schedule_named(reading: Reading, name: str) -> Watched | None:
    """The schedule of that very name."""
    found = await schedules.by_name(reading, name)
    return found if found and found.schedule.name == name else None
