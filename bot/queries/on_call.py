"""Who is on call, until when, who is next, and why: the rotation engine's answers with people's names on them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.engines.rotation import Explanation, Segment, Standing, explain, next_change, shifts, standing, timeline
from bot.queries import people, schedules
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.schedules import Watched

AROUND = timedelta(days=62)
"""How far beyond what was asked for the ends of a shift are looked for."""

NOTHING_IN_SIGHT = timedelta(hours=1)
"""How long a standing without any change in sight is held for true; the sight moves on with the clock."""


@dataclass(frozen=True, slots=True)
class Because:
    """Why somebody is on call in a rotation. Without `override_by` and `override_until` it is simply their turn.

    `instead_of`: whom an override replaces, None where there would be nobody. `forwarded_from`: whose duty it was.
    """

    rotation: str
    turn: int | None
    is_override: bool = False
    override_by: Person | None = None
    override_until: datetime | None = None
    instead_of: Person | None = None
    forwarded_from: Person | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who is on call; `until` None: no end in sight."""

    person: Person
    since: datetime
    until: datetime | None
    because: Because


@dataclass(frozen=True, slots=True)
class HandOff:
    """The next change of a schedule and who is on call from then (nobody: empty).

    `until` is the end of the first one's time, or of the gap.
    """

    at: datetime
    people: tuple[Person, ...]
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
    """A shift of one person; `end` None: no end in sight."""

    schedule: str
    rotation: str
    start: datetime
    end: datetime | None


async def standings(reading: Reading, watched: Sequence[Watched], *, at: datetime) -> list[ScheduleStanding]:
    """How these schedules stand at an instant, past or to come.

    How a schedule stands is remembered until something in it changes hands: asked again it costs nothing but a look.
    """
    kept = await reading.recollection.kept()
    new = [each for each in watched if not _holds(kept.get(("standing", each.schedule.id)), at)]
    if new:
        stands = [
            (each, standing(each.schedule, at, each.overrides), explain(each.schedule, at, each.overrides))
            for each in new
        ]
        known = await people.by_ids(reading, {user for _, stand, why in stands for user in _users(stand, why)})
        for each, stand, why in stands:
            kept["standing", each.schedule.id] = _Kept(_named(each, stand, why, known), at, _holds_until(stand, at))
    return [kept["standing", each.schedule.id].standing for each in watched]


async def shifts_of(
    reading: Reading, person: Person, *, until: datetime, concerning: Sequence[Watched] | None = None
) -> list[MyShift]:
    """A person's shifts that end after now and begin before `until`, in order of time, over all schedules.

    `concerning` are the schedules that name them, where the caller has read those already.

    A shift is told whole: with its true beginning and end, as far as AROUND before now and after `until`. The work
    grows with the time until then: the caller sees to a bound.
    """
    found: list[MyShift] = []
    horizon = until + AROUND
    if concerning is None:
        concerning = await schedules.concerning(reading, person.id)
    for each in concerning:
        if not each.schedule.enabled:
            continue
        await asyncio.sleep(0)  # to draw a year takes a while: others are served between two schedules
        drawn = timeline(each.schedule, reading.now - AROUND, horizon, each.overrides)
        found += [
            MyShift(each.schedule.name, shift.rotation_name, shift.start, shift.end if shift.end < horizon else None)
            for shift in shifts(drawn)
            if shift.participant.id == person.id and shift.end > reading.now and shift.start < until
        ]
    return sorted(found, key=lambda shift: (shift.start, shift.schedule))


@dataclass(frozen=True, slots=True)
class _Kept:
    """A standing and the time [since, until) in which it is known to be true."""

    standing: ScheduleStanding
    since: datetime
    until: datetime


def _holds(kept: _Kept | None, at: datetime) -> bool:
    return kept is not None and kept.since <= at < kept.until


def _holds_until(stand: Standing, at: datetime) -> datetime:
    """The first instant at which something of a standing is another: a segment ends, a rotation comes into force."""
    turning_points = [rotation.now.end for rotation in stand.rotations if rotation.now]
    turning_points += [each.following.start for each in stand.rotations if each.now is None and each.following]
    if stand.change:
        turning_points.append(stand.change.at)
    return min(turning_points, default=at + NOTHING_IN_SIGHT)


def _users(stand: Standing, why: Iterable[Explanation]) -> Iterable[str]:
    segments: list[Segment] = [*stand.people, *(stand.change.people if stand.change else ())]
    for explanation in why:
        segments += [segment for segment in (explanation.segment, explanation.base) if segment]
    for segment in segments:
        if segment.participant.id:
            yield segment.participant.id
        if segment.why.override and segment.why.override.created_by:
            yield segment.why.override.created_by
        if segment.why.forwarded_from:
            yield segment.why.forwarded_from


def _named(each: Watched, stand: Standing, why: Sequence[Explanation], known: dict[str, Person]) -> ScheduleStanding:
    until = {rotation.rotation_id: rotation.until for rotation in stand.rotations}
    base = {explanation.rotation_id: explanation.base for explanation in why}
    holders = tuple(
        Holder(
            person=known[segment.participant.id],
            since=segment.start,
            until=until.get(segment.why.rotation_id),
            because=_because(segment, base.get(segment.why.rotation_id), known),
        )
        for segment in stand.people
        if segment.participant.id in known
    )
    return ScheduleStanding(
        id=each.schedule.id,
        name=each.schedule.name,
        zone=each.schedule.zone.key,
        enabled=each.schedule.enabled,
        holders=holders,
        next=_hand_off(each, stand, known),
        gap_since=stand.gap_since,
    )


def _hand_off(each: Watched, stand: Standing, known: dict[str, Person]) -> HandOff | None:
    if stand.change is None:
        return None
    segments = stand.change.people
    until = segments[0].end if segments else _gap_end(each, stand.change.at)
    return HandOff(
        at=stand.change.at,
        people=tuple(known[segment.participant.id] for segment in segments if segment.participant.id in known),
        until=until,
    )


def _gap_end(each: Watched, since: datetime) -> datetime | None:
    """When somebody is on call again; None when that is not in sight."""
    cover = next_change(each.schedule, since, each.overrides)
    return cover.at if cover else None


def _because(segment: Segment, base: Segment | None, known: dict[str, Person]) -> Because:
    override = segment.why.override
    replaced = base.participant.id if base and override and base.participant != override.participant else None
    return Because(
        rotation=segment.why.rotation_name,
        turn=segment.why.turn,
        is_override=override is not None,
        override_by=known.get(override.created_by) if override and override.created_by else None,
        override_until=override.end if override else None,
        instead_of=known.get(replaced) if replaced else None,
        forwarded_from=known.get(segment.why.forwarded_from) if segment.why.forwarded_from else None,
    )
