"""Who may come in: the key of a request, whether its rights are enough, and whether it asks too often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bot.api.endpoints import Endpoint
from bot.api.refusals import Refusal
from bot.api.throttle import Throttle
from bot.queries import keys
from bot.queries.actors import KeyHolder
from bot.queries.reading import Reader
from bot.usecases.keys.uses import KeyUses

SCHEME = "GenieKey"
FORBIDDEN = 40301
"""The code that tells a missing right from other refusals."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What every request of a program passes, whatever it asks for."""

    reader: Reader
    throttle: Throttle
    uses: KeyUses

    async def admit(self, authorization: str, endpoint: Endpoint[Any, Any]) -> KeyHolder:
        """Who asks, noted as a use of the key; of the bucket of its key and domain one token is gone.

        Raises:
            Refusal: as `admitted` says, and 429 for a key that asks too often.
            Unavailable: the database does not answer.
        """
        key = await admitted(self.reader, authorization, endpoint)
        self.uses.note(key.id)
        if seconds := await self.throttle.spend(key, endpoint.domain):
            raise self._too_many(key, endpoint, seconds)
        return key

    def _too_many(self, key: KeyHolder, endpoint: Endpoint[Any, Any], seconds: int) -> Refusal:
        limit = self.throttle.limit_of(endpoint.domain)
        assert limit is not None  # noqa: S101  nobody waits for a limit that there is not
        allowed = f"{limit.requests} {limit.domain} requests in {limit.seconds} seconds"
        message = f"You are making too many requests! The key “{key.name}” may make {allowed}."
        return Refusal(429, f"{message} Try again in {seconds} seconds.", headers={"Retry-After": str(seconds)})


async def admitted(reader: Reader, authorization: str, endpoint: Endpoint[Any, Any]) -> KeyHolder:
    """Who asks, by the header `Authorization: GenieKey <key>`.

    Raises:
        Refusal: 422 for a key of another shape than a UUID, which real clients see before 401; 401 for none that
            counts; 403 where its rights are too few.
    """
    scheme, _, rest = authorization.partition(" ")
    text = rest.strip().lower()
    if scheme != SCHEME or not text:
        raise Refusal(401, "Could not authenticate")
    if not _is_uuid(text):
        raise Refusal(422, "Key format is not valid!")
    async with reader() as reading:
        holder = await keys.holder_of(reading, text)
    if holder is None:
        raise Refusal(401, "Could not authenticate")
    missing = endpoint.rights - holder.rights
    if missing:
        names = " and ".join(sorted(missing))
        raise Refusal(403, f"The key “{holder.name}” may not do this: it lacks the right to {names}.", code=FORBIDDEN)
    return holder


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
