"""Put tags and details on an alert, and take them off."""

from __future__ import annotations

from typing import Any

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.alerts.accepting import Action, accepted
from bot.api.opsgenie.alerts.bodies import Details, SaidBody, SaidQuery, Words
from bot.api.opsgenie.alerts.endpoint import changing
from bot.api.opsgenie.alerts.identifying import ByAlert, alert_ref
from bot.api.opsgenie.listed import listed
from bot.usecases.alerts.label import add_details, add_tags, remove_details, remove_tags


class TagsBody(SaidBody):
    """Tags for an alert."""

    tags: Words


class DetailsBody(SaidBody):
    """Details for an alert."""

    details: Details


class TagsGone(SaidQuery):
    """The tags to take off, with commas between them."""

    tags: str = ""


class DetailsGone(SaidQuery):
    """The names of the details to take away, with commas between them."""

    keys: str = ""


async def _add_tags(call: Call[ByAlert, TagsBody]) -> Reply:
    body = call.body
    return await accepted(call, Action.ADD_TAGS, lambda unit: add_tags(unit, alert_ref(call), body.tags, **body.said))


async def _remove_tags(call: Call[TagsGone, Nothing]) -> Reply:
    gone = listed("tags", call.query.tags)
    return await accepted(
        call, Action.REMOVE_TAGS, lambda unit: remove_tags(unit, alert_ref(call), gone, **call.query.said)
    )


async def _add_details(call: Call[ByAlert, DetailsBody]) -> Reply:
    body = call.body
    return await accepted(
        call, Action.ADD_DETAILS, lambda unit: add_details(unit, alert_ref(call), body.details, **body.said)
    )


async def _remove_details(call: Call[DetailsGone, Nothing]) -> Reply:
    gone = listed("keys", call.query.keys)
    return await accepted(
        call, Action.REMOVE_DETAILS, lambda unit: remove_details(unit, alert_ref(call), gone, **call.query.said)
    )


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    changing("POST", "tags", "Add tags to an alert", _add_tags, body=TagsBody),
    changing("DELETE", "tags", "Remove tags from an alert", _remove_tags, query=TagsGone),
    changing("POST", "details", "Add details to an alert", _add_details, body=DetailsBody),
    changing("DELETE", "details", "Remove details from an alert", _remove_details, query=DetailsGone),
)
