"""Our own errors as refusals: their statuses, and the names that a vendor's clients know the fields by."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

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
QUERY_NOT_PROCESSABLE = "Query parameters are not processable. Please check the errors."
STATUSES: tuple[tuple[type[WatchbillError], int], ...] = (
    (Taken, 409),
    (NotFound, 404),
    (NotAllowed, 403),
    (InUse, 428),
    (Conflict, 409),
    (Mistake, 422),
)
"""The first family that an error belongs to decides."""
SENTENCES: Mapping[str, str] = {
    "missing": "This must be given.",
    "string_type": "This must be a text.",
    "string_too_long": "At most {max_length:,} characters.",
    "string_too_short": "At least {min_length:,} characters.",
    "too_long": "At most {max_length:,} are taken.",
    "too_short": "At least {min_length:,} must be given.",
    "int_type": "This must be a whole number.",
    "int_parsing": "This must be a whole number.",
    "int_parsing_size": "This number is too large.",
    "int_from_float": "This must be a whole number.",
    "finite_number": "This must be a whole number.",
    "greater_than_equal": "This must be {ge:,} or more.",
    "less_than_equal": "This must be {le:,} or less.",
    "bool_type": "This must be true or false.",
    "bool_parsing": "This must be true or false.",
    "enum": "This must be one of: {expected}.",
    "literal_error": "This must be one of: {expected}.",
    "list_type": "This must be a list.",
    "tuple_type": "This must be a list.",
    "dict_type": "This must be an object.",
    "model_type": "This must be an object.",
    "model_attributes_type": "This must be an object.",
}
"""What is wrong by the kinds of pydantic's faults, with what they know of it."""
LONGEST_PART = 100
"""Of the path to a field: an object's own names can be as long as the body."""
_PLAIN = re.compile(r"`([^`]*)`")


def translated(error: WatchbillError, names: Mapping[str, str], *, has_body: bool = True) -> Refusal:
    """The refusal that tells a program of an error raised inside; `names` is what fields of ours are called there.

    Of a request without a body, what is wrong stands in the query.
    """
    if isinstance(error, Unavailable):
        return Refusal(503, _plain(str(error)), headers={"Retry-After": "5"})
    status = next((status for family, status in STATUSES if isinstance(error, family)), None)
    if status is None or not isinstance(error, Mistake):
        raise error
    fields = _on_the_wire(error, names) if isinstance(error, BadFields) else {}
    general = NOT_PROCESSABLE if has_body else QUERY_NOT_PROCESSABLE
    message = general if fields and status == 422 else _plain(error.sentence)
    return Refusal(status, message, code=FORBIDDEN if status == 403 else None, fields=fields)


def unreadable_body(error: ValidationError) -> Refusal:
    """A body that cannot be what it should: 400 where it is no JSON at all, else 422 with every field at fault."""
    faults = error.errors(include_url=False, include_input=False)
    if any(fault["type"] == "json_invalid" for fault in faults):
        return Refusal(400, "The request body is no JSON that can be read.")
    return Refusal(422, NOT_PROCESSABLE, fields={_path(fault): _sentence(fault) for fault in faults})


def unreadable_query(error: ValidationError) -> Refusal:
    """A query that cannot be what it should: 422 with every parameter at fault."""
    faults = error.errors(include_url=False, include_input=False)
    return Refusal(422, QUERY_NOT_PROCESSABLE, fields={_path(fault): _sentence(fault) for fault in faults})


def _path(fault: ErrorDetails) -> str:
    return ".".join(str(part)[:LONGEST_PART] for part in fault["loc"]) or "body"


def _sentence(fault: ErrorDetails) -> str:
    """Our own checks say it themselves."""
    known = SENTENCES.get(fault["type"])
    if known is None:
        return fault["msg"].removeprefix("Value error, ")
    told = {name: _unquoted(value) for name, value in fault.get("ctx", {}).items()}
    return known.format(**told)


def _unquoted(value: object) -> object:
    """Without the quotes of `'a', 'b' or 'c'`."""
    return value.replace("'", "") if isinstance(value, str) else value


def _on_the_wire(error: BadFields, names: Mapping[str, str]) -> dict[str, str]:
    return {
        ".".join(names.get(part, part) for part in name.split(".")): _plain(sentence)
        for name, sentence in error.fields.items()
    }


def _plain(sentence: str) -> str:
    """Our sentences are written for Slack, where `code` stands between back quotes."""
    return _PLAIN.sub(r"\1", sentence)
