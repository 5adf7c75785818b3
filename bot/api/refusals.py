"""How a request of a program is refused, before any family of APIs has put it in its own words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Refusal(Exception):
    """An HTTP status, a message for people, and what programs read besides.

    `fields` are the fields at fault, each with its own sentence; `code` is the family's own number where it has one.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: int | None = None,
        fields: Mapping[str, str] = _NOTHING,
        headers: Mapping[str, str] = _NOTHING,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code
        self.fields = dict(fields)
        self.headers = dict(headers)
