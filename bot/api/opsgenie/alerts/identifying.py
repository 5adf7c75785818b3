"""Which alert a path speaks of, and whether the key may look at it.

An alias may hold slashes, which some clients send as they are. What a path asks for is then told by its end: it is
the alert's alias up to the last part that is the name of a request.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BeforeValidator

from bot.api.endpoints import Call
from bot.api.opsgenie.wire import Wire
from bot.queries import alerts
from bot.queries.alerts import AlertIdentifier, AlertRef, AlertView
from bot.queries.reading import Reading
from bot.usecases.alerts.held import no_alert
from bot.usecases.reach import require_reach

ALL = "/v2/alerts"
ONE = f"{ALL}/{{identifier}}"
OF_ONE = (
    "acknowledge",
    "assign",
    "attachments",
    "close",
    "description",
    "details",
    "escalate",
    "logs",
    "message",
    "notes",
    "priority",
    "recipients",
    "responders",
    "snooze",
    "tags",
    "teams",
    "unacknowledge",
)
"""What a path about one alert may end with."""
NAMING = ("actions", "attachments")
"""What stands before a name at the end of such a path."""
BESIDES = ("count", "requests", "saved-searches")
"""What stands where an alert is named elsewhere."""


def route_of(path: str) -> str:
    """A path about one alert in the router's form, for which an identifier is whatever is no name of a request."""
    asked = path.removeprefix(ONE)
    if not asked:
        ends = "|".join([*OF_ONE, *(f"{each}/[^/]+" for each in NAMING)])
        identifier = f"(?!(?:{_any_of(BESIDES)})(?:/|$))(?!(?s:.*)/(?:{ends})/?$)(?s:.*)[^/]"
    elif asked.count("/") == 1:
        identifier = f"(?s:.*)[^/]{''.join(f'(?<!/{each})' for each in NAMING)}"
    else:
        identifier = "(?s:.*)[^/]"
    return f"{ALL}/{{identifier:{identifier}}}{asked}"


def _any_of(words: Iterable[str]) -> str:
    return "|".join(words)


def _word(value: Any) -> Any:
    """Nothing said and an empty word are the same, and case does not count."""
    return (value.strip().lower() or None) if isinstance(value, str) else value


class ByAlert(Wire):
    """The query of a request about one alert; by its id where nothing is said."""

    identifier_type: Annotated[AlertIdentifier | None, BeforeValidator(_word)] = None


def alert_ref(call: Call[Any, Any]) -> AlertRef:
    """The alert that the path names."""
    asked: ByAlert = call.query
    return AlertRef(call.parts["identifier"], asked.identifier_type or AlertIdentifier.ID)


async def alert_of(reading: Reading, call: Call[Any, Any]) -> AlertView:
    """The alert that the path names.

    Raises:
        NotFound: there is none.
        NotAllowed: the key acts for another team.
    """
    ref = alert_ref(call)
    found = await alerts.by_ref(reading, ref, team_id=call.key.team_id)
    if found is None:
        raise no_alert(ref)
    require_reach(call.key, found.owner_team_id)
    return found
