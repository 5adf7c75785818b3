"""A page of a timeline in which stored entries and others that are derived stand together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from heapq import merge
from typing import Protocol, TypeVar


class Timed(Protocol):
    """Something that happened at a time."""

    @property
    def at(self) -> datetime:
        """When."""


Item = TypeVar("Item", bound=Timed)


def page_of(stored: Sequence[Item], derived: Sequence[Item], *, skipped: int, offset: int, limit: int) -> list[Item]:
    """The entries at [offset, offset + limit) of both together; at one instant a derived one comes first.

    Both are in the order of time. `stored` begins behind the first `skipped` of all that are stored: behind as many as
    `offset` less all derived ones, or fewer, since that many at least stand before the page; and it holds those up to
    `offset + limit`.
    """
    together = list(merge(derived, stored, key=lambda each: each.at))
    return together[offset - skipped : offset - skipped + limit]
