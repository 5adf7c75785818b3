"""Who may come in: the keys of a request, whether their rights are enough, and whether they ask too often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bot.api.dialects import Dialect
from bot.api.endpoints import Endpoint
from bot.api.refusals import Refusal
from bot.api.throttle import Throttle
from bot.queries import keys
from bot.queries.actors import KeyHolder
from bot.queries.reading import Reader
from bot.usecases.keys.uses import KeyUses

FORBIDDEN = 40301
"""The code that tells a missing right from other refusals."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What every request of a program passes, whatever it asks for."""

    reader: Reader
    throttle: Throttle
    uses: KeyUses

    async def admit(self, dialect: Dialect, headers: Mapping[str, str], endpoint: Endpoint[Any, Any]) -> KeyHolder:
        """Who asks, noted as a use of the key; of the bucket of its key and domain one token is gone.

        Raises:
            Refusal: as `admitted` says, and 429 for a key that asks too often.
            Unavailable: the database does not answer.
        """
        key = await admitted(self.reader, dialect, headers, endpoint)
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


async def admitted(
    reader: Reader, dialect: Dialect, headers: Mapping[str, str], endpoint: Endpoint[Any, Any]
) -> KeyHolder:
    """Who asks, by the first of the keys that the headers show. All of them must count.

    Raises:
        Refusal: what the dialect has for no key, one of another shape, and one that does not count; 403 where the
            rights of the first are too few.
    """
    texts = dialect.keys_in(headers)
    async with reader() as reading:
        holders = [await keys.holder_of(reading, text) for text in texts]
    holder = holders[0]
    if holder is None or None in holders:
        raise dialect.stranger()
    missing = endpoint.rights - holder.rights
    if missing:
        names = " and ".join(sorted(missing))
        raise Refusal(403, f"The key “{holder.name}” may not do this: it lacks the right to {names}.", code=FORBIDDEN)
    return holder


def as_key(text: str) -> str | None:
    """What a header shows as a key, as keys are written; None where it has not the form of one, a UUID."""
    text = text.strip().lower()
    try:
        return text if str(UUID(text)) == text else None
    except ValueError:
        return None
