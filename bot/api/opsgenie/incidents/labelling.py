"""Put tags and details on an incident, and take them off."""

from __future__ import annotations

from typing import Annotated, Any

from bot.api.bounds import AtMost
from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.incidents.accepting import Action, accepted
from bot.api.opsgenie.incidents.identifying import ONE, ByIncident, incident_ref
from bot.api.opsgenie.incidents.writing import MOST_DETAILS
from bot.api.opsgenie.listed import listed
from bot.api.opsgenie.wire import Sent
from bot.usecases.incidents.details import add_details, remove_details
from bot.usecases.incidents.tags import add_tags, remove_tags
from bot.usecases.incidents.wanted import MOST_TAGS
from bot.vocabulary import Domain

TAGS = f"{ONE}/tags"
DETAILS = f"{ONE}/details"


class TagsBody(Sent):
    """Tags for an incident."""

    tags: Annotated[list[str], AtMost(MOST_TAGS)]
    note: str | None = None


class DetailsBody(Sent):
    """Details for an incident."""

    details: Annotated[dict[str, str], AtMost(MOST_DETAILS)]
    note: str | None = None


class TagsGone(ByIncident):
    """The tags to take off, with commas between them."""

    tags: str = ""
    note: str = ""


class DetailsGone(ByIncident):
    """The names of the details to take away, with commas between them."""

    keys: str = ""
    note: str = ""


async def _add_tags(call: Call[ByIncident, TagsBody]) -> Reply:
    body = call.body
    return await accepted(
        call, Action.ADD_TAGS, lambda unit: add_tags(unit, incident_ref(call), body.tags, body.note or "")
    )


async def _remove_tags(call: Call[TagsGone, Nothing]) -> Reply:
    gone = listed("tags", call.query.tags)
    return await accepted(
        call, Action.REMOVE_TAGS, lambda unit: remove_tags(unit, incident_ref(call), gone, call.query.note)
    )


async def _add_details(call: Call[ByIncident, DetailsBody]) -> Reply:
    body = call.body
    return await accepted(
        call, Action.ADD_DETAILS, lambda unit: add_details(unit, incident_ref(call), body.details, body.note or "")
    )


async def _remove_details(call: Call[DetailsGone, Nothing]) -> Reply:
    gone = listed("keys", call.query.keys)
    return await accepted(
        call, Action.REMOVE_DETAILS, lambda unit: remove_details(unit, incident_ref(call), gone, call.query.note)
    )


def _endpoint(
    method: str, path: str, handle: Any, *, query: Any = ByIncident, body: Any = Nothing
) -> Endpoint[Any, Any]:
    verb = "Add {} to" if method == "POST" else "Remove {} from"
    return Endpoint(
        method=method,
        path=path,
        summary=f"{verb.format(path.rpartition('/')[2])} an incident",
        handle=handle,
        query=query,
        body=body,
        domain=Domain.INCIDENT,
        is_configuration=False,
        status=202,
    )


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    _endpoint("POST", TAGS, _add_tags, body=TagsBody),
    _endpoint("DELETE", TAGS, _remove_tags, query=TagsGone),
    _endpoint("POST", DETAILS, _add_details, body=DetailsBody),
    _endpoint("DELETE", DETAILS, _remove_details, query=DetailsGone),
)
