"""Who may come in: the key of a request, and whether its rights are enough."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from bot.api.endpoints import Endpoint
from bot.api.refusals import Refusal
from bot.queries import keys
from bot.queries.actors import KeyHolder
from bot.queries.reading import Reader

SCHEME = "GenieKey"
FORBIDDEN = 40301
"""The code that tells a missing right from other refusals."""


async def admitted(reader: Reader, authorization: str, endpoint: Endpoint[Any, Any]) -> KeyHolder:
    """Who asks, by the header `Authorization: GenieKey <key>`.

    Raises:
        Refusal: 422 for a key of another shape than a UUID, which real clients see before 401; 401 for none that
            counts; 403 where its rights are too few.
    """
    scheme, _, text = authorization.partition(" ")
    if scheme != SCHEME or not text.strip():
        raise Refusal(401, "Could not authenticate")
    if not _is_uuid(text.strip()):
        raise Refusal(422, "Key format is not valid!")
    async with reader() as reading:
        holder = await keys.holder_of(reading, text.strip())
    if holder is None:
        raise Refusal(401, "Could not authenticate")
    missing = endpoint.rights - holder.rights
    if missing:
        names = " and ".join(sorted(missing))
        raise Refusal(403, f"The key “{holder.name}” may not do this: it lacks the right to {names}.", code=FORBIDDEN)
    return holder


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
