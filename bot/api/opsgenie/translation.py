"""Our own errors in the words of Opsgenie's API: statuses, codes and the names its clients know the fields by."""

from __future__ import annotations

import re

from pydantic import ValidationError

from bot.api.admission import FORBIDDEN
from bot.api.refusals import Refusal
from bot.errors import (
    BadFields,
    Conflict,
    InUse,
    Mistake,
    NotAllowed,
    NotFound,
    Taken,
    Unavailable,
    WatchbillError,
)

NOT_PROCESSABLE = "Request body is not processable. Please check the errors."
WIRE_NAMES = {
    "start": "startDate",
    "end": "endDate",
    "team": "ownerTeam",
    "restriction": "timeRestriction",
    "from_user": "fromUser",
    "to_user": "toUser",
}
"""What a field of ours is called on the wire, where that is another name."""
STATUSES: tuple[tuple[type[WatchbillError], int], ...] = (
    (Taken, 409),
    (NotFound, 404),
    (NotAllowed, 403),
    (InUse, 428),
    (Conflict, 409),
    (Mistake, 422),
)
"""The first family that an error belongs to decides."""
_PLAIN = re.compile(r"`([^`]*)`")


def translated(error: WatchbillError) -> Refusal:
    """The refusal that tells a program of an error raised inside."""
    if isinstance(error, Unavailable):
        return Refusal(503, _plain(str(error)), headers={"Retry-After": "5"})
    status = next((status for family, status in STATUSES if isinstance(error, family)), None)
    if status is None or not isinstance(error, Mistake):
        raise error
    fields = _on_the_wire(error) if isinstance(error, BadFields) else {}
    message = NOT_PROCESSABLE if fields and status == 422 else _plain(error.sentence)
    return Refusal(status, message, code=FORBIDDEN if status == 403 else None, fields=fields)


def unreadable_body(error: ValidationError) -> Refusal:
    """A body that cannot be what it should: 400 where it is no JSON at all, else 422 with every field at fault."""
    faults = error.errors(include_url=False, include_context=False)
    if any(fault["type"] == "json_invalid" for fault in faults):
        return Refusal(400, "The request body is no JSON that can be read.")
    fields = {".".join(str(part) for part in fault["loc"]) or "body": _sentence(fault["msg"]) for fault in faults}
    return Refusal(422, NOT_PROCESSABLE, fields=fields)


def _sentence(message: str) -> str:
    return message.removeprefix("Value error, ")


def _on_the_wire(error: BadFields) -> dict[str, str]:
    return {
        ".".join(WIRE_NAMES.get(part, part) for part in name.split(".")): _plain(sentence)
        for name, sentence in error.fields.items()
    }


def _plain(sentence: str) -> str:
    """Our sentences are written for Slack, where `code` stands between back quotes."""
    return _PLAIN.sub(r"\1", sentence)
