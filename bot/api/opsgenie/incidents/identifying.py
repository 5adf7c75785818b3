"""Which incident a path speaks of, and whether the key may look at it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator

from bot.api.endpoints import Call
from bot.api.opsgenie.wire import Wire
from bot.queries import incidents
from bot.queries.incidents import IncidentRef, WholeIncident
from bot.queries.reading import Reading
from bot.usecases.incidents.held import no_incident
from bot.usecases.reach import require_reach

ALL = "/v1/incidents"
ONE = f"{ALL}/{{identifier}}"


class IdentifierType(StrEnum):
    """What the part of a path is."""

    ID = "id"
    TINY = "tiny"


def _word(value: Any) -> Any:
    """Go's client writes `?identifierType=id?limit=1`, all of which arrives as one word."""
    return (value.partition("?")[0] or None) if isinstance(value, str) else value


class ByIncident(Wire):
    """The query of a request about one incident; by its id where nothing is said."""

    identifier_type: Annotated[IdentifierType | None, BeforeValidator(_word)] = None


def incident_ref(call: Call[Any, Any]) -> IncidentRef:
    """The incident that the path names."""
    asked: ByIncident = call.query
    return IncidentRef(call.parts["identifier"], is_tiny=asked.identifier_type is IdentifierType.TINY)


async def incident_of(reading: Reading, call: Call[Any, Any]) -> WholeIncident:
    """The incident that the path names.

    Raises:
        NotFound: there is none.
        NotAllowed: the key acts for another team.
    """
    ref = incident_ref(call)
    found = await incidents.identified(reading, ref)
    if found is None:
        raise no_incident(ref)
    require_reach(call.key, found.owner_team_id)
    return found
