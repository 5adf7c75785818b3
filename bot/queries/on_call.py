"""Who is on call, until when, who is next, and why: the rotation engine's answers with people's names on them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.engines.rotation import (
    Directory,
    Duty,
    Explanation,
    Segment,
    Standing,
    duties_of,
    explain,
    next_change,
    people_among,
    shifts_between,
    standing,
    turning_points,
)
from bot.queries import forwardings, overrides, schedules
from bot.queries.crew import Crew, crew_of
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.queries.stand_ins import through
from bot.vocabulary import ParticipantKind

AROUND = timedelta(days=62)
"""How far beyond what was asked for the ends of a shift are looked for."""

NOTHING_IN_SIGHT = timedelta(hours=1)
"""How long a standing without any change in sight is held for true; the sight moves on with the clock."""

WITHIN_PARTIES = timedelta(days=1)
"""How far ahead is looked for a hand-off among those whom teams and escalations stand for."""


@dataclass(frozen=True, slots=True)
class Party:
    """A team or an escalation on call, with the people it stands for at that moment; nobody: empty."""

    kind: ParticipantKind
    id: str
    name: str
    people: tuple[Person, ...]


Who: TypeAlias = Person | Party


@dataclass(frozen=True, slots=True)
class Because:
    """Why somebody is on call in a rotation. Without `override_by` and `override_until` it is simply their turn.

    `override_by_key`: the name of the key by which a program made the override.
    `instead_of`: who is replaced by an override, None where there would be nobody. `forwarded_from`: whose duty it was.
    """

    rotation: str
    turn: int | None
    is_override: bool = False
    override_by: Person | None = None
    override_until: datetime | None = None
    override_by_key: str | None = None
    instead_of: Who | None = None
    forwarded_from: Person | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who is on call; `until` None: no end in sight."""

    who: Who
    since: datetime
    until: datetime | None
    because: Because


@dataclass(frozen=True, slots=True)
class HandOff:
    """The next change of a schedule and who is on call from then (nobody: empty).

    `until` is the end of the first one's time, or of the gap.
    """

    at: datetime
    people: tuple[Who, ...]
    until: datetime | None


@dataclass(frozen=True, slots=True)
class ScheduleStanding:
    """A schedule at an instant. Nobody on call and enabled: a gap, since `gap_since` (None: always)."""

    id: str
    name: str
    zone: str
    enabled: bool
    holders: tuple[Holder, ...]
    next: HandOff | None
    gap_since: datetime | None


@dataclass(frozen=True, slots=True)
class MyShift:
    """A shift of one person; `end` None: no end in sight. `through`: the team or escalation that means them then."""

    schedule: str
    rotation: str
    start: datetime
    end: datetime | None
    through: Party | None = None


async def standings(reading: Reading, watched: Sequence[Watched], *, at: datetime) -> list[ScheduleStanding]:
    """How these schedules stand at an instant, past or to come.

    How a schedule stands is remembered until something in it changes hands: asked again it costs nothing but a look.
    """
    kept = await reading.recollection.kept()
    new = [each for each in watched if not _holds(kept.get(("standing", each.schedule.id)), at)]
    if new:
        crew = await crew_of(reading, new, since=at - AROUND)
        crew = replace(crew, laid_by=await overrides.keys_behind(reading, new, at=at))
        for each in new:
            kept["standing", each.schedule.id] = _stood(each, crew, at)
    return [kept["standing", each.schedule.id].standing for each in watched]


async def shifts_of(
    reading: Reading, person: Person, *, until: datetime, concerning: Sequence[Watched] | None = None
) -> list[MyShift]:
    """A person's shifts that end after now and begin before `until`, in order of time, over all schedules.

    Those to which they are called through a team or an escalation are among them. `concerning` are the schedules that
    name the person, where the caller has read those already.

    A shift is told whole: with its true beginning and end, as far as AROUND before now and after `until`. The work
    grows with the time until then: the caller sees to a bound.
    """
    found: list[MyShift] = []
    horizon = until + AROUND
    passing = await forwardings.all_around(reading)
    if concerning is None:
        concerning = await schedules.concerning(reading, person.id)
    for each in concerning:
        if not each.schedule.enabled:
            continue
        await asyncio.sleep(0)  # to draw a year takes a while: others are served between two schedules
        found += [
            MyShift(each.schedule.name, shift.rotation_name, shift.start, shift.end if shift.end < horizon else None)
            for shift in shifts_between(each.schedule, reading.now - AROUND, horizon, each.overrides, passing)
            if shift.participant.id == person.id and shift.end > reading.now and shift.start < until
        ]
    found += [shift async for shift in _through_parties(reading, person, until=until)]
    return sorted(found, key=lambda shift: (shift.start, shift.schedule))


async def _through_parties(reading: Reading, person: Person, *, until: datetime) -> AsyncIterator[MyShift]:
    called, horizon = await through(reading, person), until + AROUND
    passing = called.directory.forwardings
    for each in called.watched:
        if not each.schedule.enabled:
            continue
        for shift in shifts_between(each.schedule, reading.now - AROUND, horizon, each.overrides, passing):
            who = shift.participant
            party = Party(who.kind, who.id or "", called.naming.of(who) or "", (person,))
            for span in called.spans(shift, until=until) if shift.end > reading.now else ():
                await asyncio.sleep(0)
                if span is not None and span[1] > reading.now:
                    end = span[1] if span[1] < horizon else None
                    yield MyShift(each.schedule.name, shift.rotation_name, span[0], end, party)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A standing and the time [since, until) in which it is known to be true."""

    standing: ScheduleStanding
    since: datetime
    until: datetime


def _holds(kept: _Kept | None, at: datetime) -> bool:
    return kept is not None and kept.since <= at < kept.until


def _stood(each: Watched, crew: Crew, at: datetime) -> _Kept:
    passing = crew.directory.forwardings
    stand = standing(each.schedule, at, each.overrides, passing)
    why = explain(each.schedule, at, each.overrides, passing)
    return _Kept(_named(each, stand, why, crew, at), at, _holds_until(stand, why, crew.directory, at))


def _holds_until(stand: Standing, why: Iterable[Explanation], directory: Directory, at: datetime) -> datetime:
    """The first instant at which something of a standing is another: a segment ends, a rotation comes into force, or
    somebody else comes to be meant by a team or an escalation.
    """
    points = [rotation.now.end for rotation in stand.rotations if rotation.now]
    points += [each.following.start for each in stand.rotations if each.now is None and each.following]
    if stand.change:
        points.append(stand.change.at)
    shown = (*stand.people, *(each.base for each in why if each.base))
    if any(segment.participant.kind is not ParticipantKind.USER for segment in shown):
        soon = at + WITHIN_PARTIES
        points.append(next(iter(turning_points(directory, at, soon)), soon))
    return min(points, default=at + NOTHING_IN_SIGHT)


def _named(each: Watched, stand: Standing, why: Sequence[Explanation], crew: Crew, at: datetime) -> ScheduleStanding:
    until = {rotation.rotation_id: rotation.until for rotation in stand.rotations}
    base = {explanation.rotation_id: explanation.base for explanation in why}
    holders = tuple(
        Holder(
            who=who,
            since=segment.start,
            until=until.get(segment.why.rotation_id),
            because=_because(each, segment, base.get(segment.why.rotation_id), crew, at),
        )
        for segment in stand.people
        if (who := _who(each, segment, crew, at)) is not None
    )
    return ScheduleStanding(
        id=each.schedule.id,
        name=each.schedule.name,
        zone=each.schedule.zone.key,
        enabled=each.schedule.is_on(at),
        holders=holders,
        next=_hand_off(each, stand, crew),
        gap_since=stand.gap_since,
    )


def _who(each: Watched, segment: Segment, crew: Crew, at: datetime) -> Who | None:
    """Whose a segment is, as they are at an instant; None for what is gone."""
    [duty] = duties_of(each.schedule, [segment], at, crew.directory)
    return _known(duty, crew)


def _known(duty: Duty, crew: Crew) -> Who | None:
    participant, known = duty.participant, crew.naming.people
    if participant.kind is ParticipantKind.USER:
        return known.get(participant.id or "")
    name = crew.naming.of(participant)
    if name is None:
        return None
    inside = tuple(known[user] for user in people_among(duty.inside) if user in known)
    return Party(participant.kind, participant.id or "", name, inside)


def _hand_off(each: Watched, stand: Standing, crew: Crew) -> HandOff | None:
    change = stand.change
    if change is None:
        return None
    following = (_who(each, segment, crew, change.at) for segment in change.people)
    until = change.people[0].end if change.people else _gap_end(each, change.at)
    return HandOff(at=change.at, people=tuple(who for who in following if who is not None), until=until)


def _gap_end(each: Watched, since: datetime) -> datetime | None:
    """When somebody is on call again; None when that is not in sight. No forwarding makes a gap, or fills one."""
    cover = next_change(each.schedule, since, each.overrides)
    return cover.at if cover else None


def _because(each: Watched, segment: Segment, base: Segment | None, crew: Crew, at: datetime) -> Because:
    override, known = segment.why.override, crew.naming.people
    replaces = base if base and override and base.participant != override.participant else None
    return Because(
        rotation=segment.why.rotation_name,
        turn=segment.why.turn,
        is_override=override is not None,
        override_by=known.get(override.created_by) if override and override.created_by else None,
        override_until=override.end if override else None,
        override_by_key=crew.laid_by.get(override.id) if override else None,
        instead_of=_who(each, replaces, crew, at) if replaces else None,
        forwarded_from=known.get(segment.why.forwarded_from) if segment.why.forwarded_from else None,
    )
