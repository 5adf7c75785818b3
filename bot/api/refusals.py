"""How a request of a program is refused, before any vendor's dialect has put it in its own words."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType

MOST_FAULTS = 50
"""Told of one request: a body of a thousand faults is answered with the first of them."""
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Refusal(Exception):
    """An HTTP status, a message for people, and what programs read besides.

    `fields` are the fields at fault, each with its own sentence; the parts of a path are joined by dots, and `body` is
    the whole. `code` is the vendor's own number where it has one.
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

    @property
    def told_fields(self) -> dict[str, str]:
        """The first of the fields at fault: as many as are told."""
        return dict(islice(self.fields.items(), MOST_FAULTS))
