"""A request that programs may make, as a value: its route and its description are made from it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict
from yarl import URL

from bot.api.bodies import LARGEST
from bot.api.desk import ApiDesk
from bot.queries.actors import KeyHolder
from bot.vocabulary import Domain, Right

__all__ = ["NOT_BUILT", "RIGHT_OF_METHOD", "Body", "Call", "Domain", "Endpoint", "File", "Nothing", "Query", "Reply"]

RIGHT_OF_METHOD: Mapping[str, Right] = {
    "GET": Right.READ,
    "POST": Right.WRITE,
    "PUT": Right.WRITE,
    "PATCH": Right.WRITE,
    "DELETE": Right.DELETE,
}


NOT_BUILT = 501
"""The status of an endpoint that says it is not there, in the form that clients read."""


class Nothing(BaseModel):
    """No query, or no body; whatever is sent is not looked at."""

    model_config = ConfigDict(extra="ignore", frozen=True)


Query = TypeVar("Query", bound=BaseModel)
Body = TypeVar("Body", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Call(Generic[Query, Body]):
    """One request, read and let in. `parts` are the decoded parts of its path, `base` is our address as it sees it.

    `identity` is the id that its answer carries, `remote` the address that it came from.
    """

    key: KeyHolder
    parts: Mapping[str, str]
    query: Query
    body: Body
    desk: ApiDesk
    url: URL
    base: URL
    identity: str
    remote: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What an endpoint answers. `data` is a model, a list of them or None; `more` stands beside it in the envelope.

    None in a model means that the field is left out.
    """

    data: Any = None
    status: int = 200
    result: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class File:
    """An answer that is no JSON, streamed piece by piece, named for whoever saves it."""

    content_type: str
    name: str
    pieces: Any


@dataclass(frozen=True, slots=True)
class Endpoint(Generic[Query, Body]):
    """One request of an API.

    `path` has its variable parts in braces; `route` is the same in the router's form, where a part may be more than
    what stands between two slashes. `is_configuration`: the key needs the right to configure besides that of the
    method. `data` is the type of the reply's data, for the description; None where there is none. `media_type` is what
    it answers when all is well. `largest` is the most that its body may have, in bytes. `names` is what fields of ours
    are called in it, where that is not what its dialect calls them.
    """

    method: str
    path: str
    summary: str
    handle: Callable[[Call[Query, Body]], Awaitable[Reply | File]]
    query: type[Query]
    body: type[Body]
    domain: Domain = Domain.CONFIGURATION
    is_configuration: bool = True
    status: int = 200
    data: Any = None
    media_type: str = "application/json"
    largest: int = LARGEST
    route: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def rights(self) -> frozenset[Right]:
        """All that a key needs for it."""
        needed = {RIGHT_OF_METHOD[self.method]}
        return frozenset(needed | {Right.CONFIGURE} if self.is_configuration else needed)
