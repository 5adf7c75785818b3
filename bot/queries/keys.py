"""API keys: who holds one, and the list that an operator looks at."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from bot.queries import teams
from bot.queries.actors import KeyHolder
from bot.queries.reading import Reading
from bot.vocabulary import Right
from storage import keys


@dataclass(frozen=True, slots=True)
class ListedKey:
    """A key as an operator sees it: everything but its text, which nobody has any more."""

    id: str
    name: str
    rights: tuple[Right, ...]
    team: str | None
    team_id: str | None
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


def digest_of(text: str) -> str:
    """What is kept of a key. A fast hash is enough: the text is 122 random bits, not a person's password."""
    return sha256(text.encode()).hexdigest()


async def holder_of(reading: Reading, text: str) -> KeyHolder | None:
    """Who acts by a key of that text; None for one that there is not, or that was revoked."""
    digest = digest_of(text)

    async def load() -> KeyHolder | None:
        row = await keys.by_digest(reading.session, digest)
        if row is None or row.revoked_at is not None or not hmac.compare_digest(row.digest, digest):
            return None
        return KeyHolder(row.id, row.name, frozenset(Right(each) for each in row.rights), row.team_id)

    kept = await reading.recollection.kept()
    found: KeyHolder | None = kept.get(("key", digest)) or await load()
    if found is not None:  # what strangers try is not remembered: it would grow without end
        kept["key", digest] = found
    return found


async def listed(reading: Reading) -> list[ListedKey]:
    """Every key there ever was, the oldest first."""
    rows = await keys.every(reading.session)
    names = await teams.names(reading, [row.team_id for row in rows if row.team_id])
    return [
        ListedKey(
            id=row.id,
            name=row.name,
            rights=tuple(right for right in Right if right in row.rights),
            team=names.get(row.team_id) if row.team_id else None,
            team_id=row.team_id,
            created_at=row.created_at,
            last_used_at=row.last_used_at,
            revoked_at=row.revoked_at,
        )
        for row in rows
    ]


async def names(reading: Reading, ids: Iterable[str]) -> dict[str, str]:
    """The names of the keys with these ids, revoked ones too, by id."""
    return {row.id: row.name for row in await keys.by_ids(reading.session, ids)}
