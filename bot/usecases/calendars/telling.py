"""Write a calendar piece by piece, and write down what calendars are told wherever that is new."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import structlog
from sqlalchemy.exc import IntegrityError

from bot.engines.calendars import TAIL, Entry, Told, body, changes, head, told_now, uid_at
from bot.engines.rotation import Participant
from bot.errors import Unavailable
from bot.queries.calendars import Feed, Running
from bot.queries.reading import Reader
from bot.usecases.unit import Units
from bot.vocabulary import ParticipantKind
from storage import calendars
from storage.calendars import Columns

log = structlog.get_logger(__name__)
AT_A_TIME = 150
"""Shifts that are compared, written down and sent before others are served: some milliseconds' work."""


class Calendars:
    """Writes calendars, and remembers what they were told of each shift, so that they hear of its change or its end.

    A calendar that was told everything already is only read. No transaction is open while a piece is being sent.
    """

    def __init__(self, reader: Reader, units: Units) -> None:
        """`units` are opened in the background: nobody who changes something waits for a calendar."""
        self._reader = reader
        self._units = units

    async def pieces(self, feed: Feed) -> AsyncIterator[bytes]:
        """The text of a calendar, in pieces of AT_A_TIME shifts at most.

        Raises:
            Unavailable: the database does not answer.
        """
        yield head(feed.name)
        async for told in self._told(feed):
            yield body(told, own=feed.is_own)
            await asyncio.sleep(0)
        yield TAIL

    async def _told(self, feed: Feed) -> AsyncIterator[Sequence[Told]]:
        """Both sides, what is true and what was told, are read in the order of uids, as far as both are known."""
        entries = feed.entries(await self._running(feed))
        ahead: deque[Entry] = deque()
        done, end = feed.key, uid_at(feed.key, feed.window.until)
        while done != end:
            before = await self._before(feed, done)
            while len(ahead) < AT_A_TIME and (entry := await anext(entries, None)) is not None:
                ahead.append(entry)
            up_to = min(
                before[-1].entry.uid if len(before) == AT_A_TIME else end,
                ahead[-1].uid if len(ahead) == AT_A_TIME else end,
            )
            part: list[Entry] = []
            while ahead and ahead[0].uid <= up_to:
                part.append(ahead.popleft())
            known = {each.entry.uid: each for each in before if each.entry.uid <= up_to}
            told = told_now(part, known, feed.terms)
            if any(changes(told, known)):
                told = await self._written(feed, part, after=done, up_to=up_to) or told
            yield told
            done = up_to

    async def _running(self, feed: Feed) -> Running:
        """What was told of shifts that run where the drawing begins, and began before."""
        start = feed.window.drawn_from
        async with self._reader() as reading:
            found = await calendars.told(
                reading.session, after=feed.key, up_to=uid_at(feed.key, start), ending_after=start
            )
        return {
            (each.entry.rotation_id, each.entry.participant): each
            for each in map(_as_told, found)
            if each.entry.start < start and each.cancelled_at is None
        }

    async def _before(self, feed: Feed, done: str) -> list[Told]:
        async with self._reader() as reading:
            found = await calendars.told(
                reading.session,
                after=done,
                up_to=uid_at(feed.key, feed.window.until),
                ending_after=feed.window.drawn_from,
                limit=AT_A_TIME,
            )
        return [_as_told(each) for each in found]

    async def _written(self, feed: Feed, part: Sequence[Entry], *, after: str, up_to: str) -> list[Told] | None:
        """What calendars are told of this part, once it is written down: compared anew with what was told until then.

        None where it cannot be written down: they are told it all the same, and it is compared again the next time.
        """
        try:
            async with self._units.begin(None) as unit:
                found = await calendars.told(
                    unit.session, after=after, up_to=up_to, ending_after=feed.window.drawn_from, lock=True
                )
                before = {each.entry.uid: each for each in map(_as_told, found)}
                told = told_now(part, before, feed.terms)
                if new := [_as_columns(each) for each in changes(told, before)]:
                    await calendars.tell(unit.session, new)
        except (Unavailable, IntegrityError) as error:  # busy beyond all patience, or its schedule was just deleted
            log.warning("what a calendar is told was not written down", problem=str(error))
            return None
        return told


def _as_told(row: Columns) -> Told:
    participant, name, schedule, rotation = _said(row["participant"])
    entry = Entry(
        uid=row["uid"],
        schedule_id=row["schedule_id"],
        rotation_id=row["rotation_id"],
        start=row["start"],
        end=row["end"],
        participant=participant,
        name=name,
        schedule=schedule,
        rotation=rotation,
    )
    return Told(entry, row["sequence"], row["changed_at"], row["cancelled_at"])


@lru_cache(maxsize=4096)
def _said(participant: str) -> tuple[Participant, str, str, str]:
    """Who, and all the names; the same in very many rows."""
    said: Mapping[str, Any] = json.loads(participant)
    who = Participant(ParticipantKind(said["type"]), said["id"])
    return who, said["name"], said["schedule"], said["rotation"]


def _as_columns(told: Told) -> Columns:
    """With the participant go all the names that calendars were told: another name is a change too."""
    entry, who = told.entry, told.entry.participant
    return {
        "uid": entry.uid,
        "schedule_id": entry.schedule_id,
        "rotation_id": entry.rotation_id,
        "start": entry.start,
        "end": entry.end,
        "participant": {
            "type": who.kind.value,
            "id": who.id,
            "name": entry.name,
            "schedule": entry.schedule,
            "rotation": entry.rotation,
        },
        "sequence": told.sequence,
        "changed_at": told.changed_at,
        "cancelled_at": told.cancelled_at,
    }
