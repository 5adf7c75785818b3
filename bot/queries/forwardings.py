"""Whose duty passes to whom: as the rotation engine takes it, and as programs are told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.engines.rotation import Forwarding
from bot.queries import people
from bot.queries.people import Person
from bot.queries.reading import Reading
from storage import forwardings, models

LOOKED_BACK = timedelta(days=62)
"""One that ended a moment ago still says when the running shift began: as far back as a shift is looked at."""


@dataclass(frozen=True, slots=True)
class ForwardingView:
    """A forwarding as programs are told of it."""

    id: str
    alias: str
    from_user: Person
    to_user: Person
    start: datetime
    end: datetime


async def listed(reading: Reading) -> list[ForwardingView]:
    """Every forwarding, past ones too, in the order in which they were made."""
    return await _views(reading, await forwardings.every(reading.session))


async def of_user(reading: Reading, user_id: str) -> list[ForwardingView]:
    """Those that pass on a user's duty, likewise."""
    return await _views(reading, await forwardings.of_user(reading.session, user_id))


async def by_id(reading: Reading, forwarding_id: str) -> ForwardingView | None:
    """The forwarding with that id."""
    row = await forwardings.by_id(reading.session, forwarding_id)
    return (await _views(reading, [row]))[0] if row else None


async def by_alias(reading: Reading, alias: str) -> ForwardingView | None:
    """The forwarding that programs call so."""
    row = await forwardings.by_alias(reading.session, alias)
    return (await _views(reading, [row]))[0] if row else None


async def all_around(reading: Reading, since: datetime | None = None) -> tuple[Forwarding, ...]:
    """Everybody's forwardings that end after `since`, or, when left out, not longer ago than LOOKED_BACK.

    One statement, and none where they are remembered: then there may be some among them that ended earlier.
    """
    remembered_since = reading.now - LOOKED_BACK
    if since is not None and since < remembered_since:
        return await _ending_after(reading, since)
    return await reading.recollection.remembered("forwardings", lambda: _ending_after(reading, remembered_since))


async def passing_to(reading: Reading, person_id: str) -> frozenset[str]:
    """Whose duty may come to a person, at one time or another: everybody up the chains that end there, and they too."""
    found, links = {person_id}, await all_around(reading)
    while further := {each.from_user for each in links if each.to_user in found} - found:
        found |= further
    return frozenset(found)


async def _ending_after(reading: Reading, instant: datetime) -> tuple[Forwarding, ...]:
    return tuple(_as_forwarding(row) for row in await forwardings.ending_after(reading.session, instant))


def _as_forwarding(row: models.Forwarding) -> Forwarding:
    return Forwarding(
        id=row.id,
        from_user=row.from_user_id,
        to_user=row.to_user_id,
        start=row.start,
        end=row.end,
        sequence=row.sequence,
    )


async def _views(reading: Reading, rows: Sequence[models.Forwarding]) -> list[ForwardingView]:
    known = await people.by_ids(reading, {id_ for row in rows for id_ in (row.from_user_id, row.to_user_id)})
    return [
        ForwardingView(row.id, row.alias, known[row.from_user_id], known[row.to_user_id], row.start, row.end)
        for row in rows
    ]
