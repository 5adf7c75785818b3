"""How values look on Opsgenie's wire, and what its clients are forgiven for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)
from pydantic.alias_generators import to_camel


class Wire(BaseModel):
    """An object on the wire: names in camel case, told apart by case, and fields that nobody knows left unread."""

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, extra="ignore", frozen=True)


class Sent(Wire):
    """A body, a part of one, or a query. Its empty texts count as left out, but for those in `MAY_BE_EMPTY`."""

    MAY_BE_EMPTY: ClassVar[frozenset[str]] = frozenset()

    @model_validator(mode="before")
    @classmethod
    def _without_empty_texts(cls, sent: Any) -> Any:
        if not isinstance(sent, dict):
            return sent
        return {name: value for name, value in sent.items() if value != "" or name in cls.MAY_BE_EMPTY}


def _instant(value: Any) -> Any:
    """ISO 8601 with an offset; a `+` that was not escaped in a query has become a blank. Our own instants pass."""
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        raise ValueError("write a time such as 2026-11-18T08:00:00Z.")  # noqa: TRY004  pydantic collects ValueError
    try:
        at = datetime.fromisoformat(value.strip().replace(" ", "+"))
    except ValueError as error:
        raise ValueError(f"{value!r} is no time such as 2026-11-18T08:00:00Z.") from error
    if at.tzinfo is None:
        raise ValueError(f"{value!r} has no offset: write Z or +02:00 after it.")
    try:
        return at.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{value!r} is too far away.") from error


def written(at: datetime) -> str:
    """An instant as replies tell it: UTC, `Z`, and milliseconds only where there are some."""
    milliseconds = at.microsecond // 1000
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}" + (f".{milliseconds:03}Z" if milliseconds else "Z")


def _flag(value: Any) -> Any:
    """Booleans may be written as words."""
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.strip().lower(), value)
    return value


def _absent_when_empty(value: Any) -> Any:
    """Go's client sends every text it has no value for as an empty one."""
    return None if value == "" else value


Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    PlainSerializer(written, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""An instant: read with any offset, told in UTC."""

Flag = Annotated[bool, BeforeValidator(_flag)]
"""Yes or no; `"True"` and `"false"` are understood."""

Given = Annotated[str | None, BeforeValidator(_absent_when_empty)]
"""A text that is absent when it is empty: names, ids, user names."""


class Reference(Wire):
    """Something by its id, its name, or both, of which the id counts."""

    id: Given = None
    name: Given = None


class Created(Wire):
    """What is answered of a thing that was made: its id and name."""

    id: str
    name: str
