"""What the vendors' APIs do differently from each other: how a key is shown, and how answers and refusals are put."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

from aiohttp import web

from bot.api.endpoints import Reply
from bot.api.refusals import Refusal

PERIOD_SECONDS = 60
"""Told where no limit is known: at a path that there is not, or with limits off."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What an answer may say of its request: how long it took, its id, and the period of the limit it counted against.

    Both times are in seconds.
    """

    took: float
    request_id: str
    period: int = PERIOD_SECONDS


@dataclass(frozen=True, slots=True)
class Description:
    """What the OpenAPI document says of a vendor's requests.

    `schemes` are the headers that show keys, by names that are used once in the document; all of them go together.
    `refusal` is the schema of what is refused, and `errors` says of each status when it comes. `headers` stand beside
    every answer, `waiting_headers` besides where somebody asks too often.
    """

    vendor: str
    schemes: Mapping[str, Mapping[str, Any]]
    refusal: Mapping[str, Any]
    errors: Mapping[int, str]
    headers: tuple[str, ...]
    waiting_headers: tuple[str, ...]


class Dialect(ABC):
    """How one vendor's clients talk. What is read, who is let in and what is carried out is the same for all.

    `paths` are where its clients ask: those very paths and all below, or only that where one ends in a slash. `names`
    is what a field of ours is called on its wire, where that is another name. `kinds` are the media types that are
    read as JSON, `statuses` the status it has for one of ours, where that is another.
    """

    paths: ClassVar[tuple[str, ...]]
    names: ClassVar[Mapping[str, str]] = MappingProxyType({})
    kinds: ClassVar[frozenset[str]]
    statuses: ClassVar[Mapping[int, int]] = MappingProxyType({})
    description: ClassVar[Description]

    @abstractmethod
    def keys_in(self, headers: Mapping[str, str]) -> tuple[str, ...]:
        """The texts of the keys that a request shows, in the form that keys have; the first is the one that acts.

        Raises:
            Refusal: there is none, or one has another form.
        """

    @abstractmethod
    def stranger(self) -> Refusal:
        """What is answered to a key that does not count."""

    @abstractmethod
    def answered(self, reply: Reply, told: Circumstances, /) -> web.Response:
        """The answer to a request that was carried out."""

    @abstractmethod
    def refused(self, refusal: Refusal, told: Circumstances, /) -> web.Response:
        """The answer to one that was not."""

    @abstractmethod
    def schema(self, data: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        """The schema of what an endpoint answers, made of that of its data; None where nothing stands in it."""

    def beside_a_file(self, _told: Circumstances, /) -> dict[str, str]:
        """The headers of an answer that is no JSON."""
        return {}

    def status_of(self, status: int) -> int:
        """A status of ours as it is told."""
        return self.statuses.get(status, status)

    def speaks_at(self, path: str) -> bool:
        """Whether its clients ask at that path."""
        return any(path == each or path.startswith(f"{each.removesuffix('/')}/") for each in self.paths)
