"""What a calendar says: the shifts of a schedule, or somebody's own over all schedules, drawn as they are asked for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heapreplace
from typing import TypeAlias

from bot.engines.calendars import (
    Entry,
    Terms,
    Told,
    Window,
    calendar_name,
    feed_key,
    shifts_within,
    uid_of,
    window,
)
from bot.engines.rotation import Forwarding, Participant, Shift
from bot.queries import forwardings, schedules
from bot.queries.duty import with_crew
from bot.queries.naming import Naming
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.queries.stand_ins import Through, through
from bot.vocabulary import ParticipantKind
from storage import schedules as stored

YEAR, QUARTER = 12, 3
"""Months ahead."""
GONE = "Somebody who is gone"
Running: TypeAlias = Mapping[tuple[str, Participant], Told]
"""What calendars were told of the shifts that run where the drawing begins, by rotation and who has it."""
Stream: TypeAlias = Iterator[Entry | None]
"""Entries in the order of their uids; None stands for a pause, in which others go first."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar before it is written. Its shifts are known under `key`.

    `is_own`: it is one person's, who need not be told who they are.
    """

    key: str
    name: str
    is_own: bool
    window: Window
    terms: Terms
    streams: Callable[[Running], Sequence[Stream]]

    async def entries(self, running: Running) -> AsyncIterator[Entry]:
        """All that is in it, in the order of uids, drawn as it is asked for."""
        streams = self.streams(running)
        found: list[tuple[Entry | None, int]] = []
        for place, stream in enumerate(streams):
            found.append((await _next(stream), place))
            await asyncio.sleep(0)  # each has drawn its first piece
        heads = [(entry.uid, place, entry) for entry, place in found if entry is not None]
        heapify(heads)
        while heads:
            _, place, entry = heads[0]
            yield entry
            following = await _next(streams[place])
            if following is None:
                heappop(heads)
            else:
                heapreplace(heads, (following.uid, place, following))


async def of_schedule(reading: Reading, watched: Watched) -> Feed:
    """Everybody's shifts by a schedule, from a month ago to a year ahead; none from when on it is off."""
    watched, crew = await with_crew(reading, watched, since=reading.now)
    feed, span = feed_key("schedule", watched.schedule.id), window(reading.now, months_ahead=YEAR)

    def streams(running: Running) -> Sequence[Stream]:
        source = _Source(feed, span, watched, crew.directory.forwardings, crew.naming, running)
        return [source.everybody(place) for place in source.places]

    return Feed(
        key=feed,
        name=calendar_name(watched.schedule.name),
        is_own=False,
        window=span,
        terms=Terms(reading.now, span.since),
        streams=streams,
    )


async def of_person(reading: Reading, person: Person, *, months: int = YEAR, team_id: str | None = None) -> Feed:
    """A person's own shifts by all schedules, or by those of one team: from a month ago to so many months ahead.

    Those to which they are called through a team or an escalation are among them. A shorter one is a part of the
    longer; that of a team is one of its own.
    """
    feed, span = feed_key("person", person.id, team_id or ""), window(reading.now, months_ahead=months)
    direct = [each for each in await _naming(reading, person, span) if team_id in {None, each.team_id}]
    called = await through(reading, person)
    indirect = [each for each in called.watched if team_id in {None, each.team_id}]
    passing = await forwardings.all_around(reading)
    own = Naming(people={person.id: person}, teams={}, escalations={})
    user = Participant(ParticipantKind.USER, person.id)

    def streams(running: Running) -> Sequence[Stream]:
        drawn = [_Source(feed, span, each, passing, own, running) for each in direct]
        others = [_Source(feed, span, each, passing, called.naming, running) for each in indirect]
        return [
            *(source.of(user, place) for source in drawn for place in source.places),
            *(source.through(called, place) for source in others for place in source.places),
        ]

    return Feed(
        key=feed,
        name=calendar_name(person.name),
        is_own=True,
        window=span,
        terms=Terms(reading.now, span.since),
        streams=streams,
    )


async def _naming(reading: Reading, person: Person, span: Window) -> Sequence[Watched]:
    """The schedules that name a person, or one whose duty may come to them."""
    users = await forwardings.passing_to(reading, person.id)
    rows = await stored.concerning(reading.session, users, span.since)
    return await schedules.of_teams(reading, (), and_ids=[row.id for row in rows])


@dataclass(frozen=True, slots=True)
class _Source:
    """Makes entries of one schedule's shifts."""

    feed: str
    window: Window
    watched: Watched
    forwardings: Sequence[Forwarding]
    naming: Naming
    running: Running

    @property
    def places(self) -> range:
        """The rotations of the schedule."""
        return range(len(self.watched.schedule.while_on.rotations))

    def everybody(self, place: int) -> Stream:
        """Everybody's shifts in the rotation at that place."""
        return (self._entry(shift) if shift else None for shift in self._shifts(place))

    def of(self, user: Participant, place: int) -> Stream:
        """One user's."""
        for shift in self._shifts(place):
            if shift is None or shift.participant == user:
                yield self._entry(shift) if shift else None

    def through(self, called: Through, place: int) -> Stream:
        """One user's through teams and escalations."""
        for shift in self._shifts(place):
            if shift is None:
                yield None
                continue
            for span in called.spans(shift, until=self.window.until):
                yield self._entry(replace(shift, start=span[0], end=span[1])) if span else None

    def _shifts(self, place: int) -> Iterator[Shift | None]:
        schedule = self.watched.schedule.while_on
        rotation = schedule.rotations[place]
        return shifts_within(schedule, rotation, self.watched.overrides, self.forwardings, self.window)

    def _entry(self, shift: Shift) -> Entry:
        """A shift that runs where the drawing begins keeps the beginning that calendars were told of."""
        start = shift.start
        if start == self.window.drawn_from and (told := self.running.get((shift.rotation_id, shift.participant))):
            start = told.entry.start
        return Entry(
            uid=uid_of(self.feed, shift.rotation_id, start),
            schedule_id=self.watched.schedule.id,
            rotation_id=shift.rotation_id,
            start=start,
            end=shift.end,
            participant=shift.participant,
            name=_name(shift.participant, self.naming),
            schedule=self.watched.schedule.name,
            rotation=shift.rotation_name,
        )


async def _next(stream: Stream) -> Entry | None:
    """The next entry, None at the end; others go first wherever there is a pause."""
    for entry in stream:
        if entry is not None:
            return entry
        await asyncio.sleep(0)
    return None


def _name(who: Participant, naming: Naming) -> str:
    if who.kind is ParticipantKind.USER:
        person = naming.people.get(who.id or "")
        return person.name if person else GONE
    return naming.of(who) or "which is gone"
