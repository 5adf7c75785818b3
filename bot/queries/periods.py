"""A schedule over a time, period by period: who has it, why, and what of it is past."""

from __future__ import annotations

import asyncio
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache

from bot.engines.rotation import (
    Directory,
    Participant,
    RotationTimeline,
    Segment,
    people_of,
    timeline,
    turning_points,
)
from bot.queries.duty import with_crew
from bot.queries.naming import Naming
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.vocabulary import ParticipantKind

STAND_IN = frozenset({ParticipantKind.TEAM, ParticipantKind.ESCALATION})


class PeriodKind(StrEnum):
    """Why somebody has a period, or that it is past."""

    DEFAULT = "default"
    OVERRIDE = "override"
    FORWARDING = "forwarding"
    HISTORICAL = "historical"


@dataclass(frozen=True, slots=True)
class Period:
    """The time [start, end) of one participant.

    `from_user`: whose duty was forwarded. `stood_for`: of a past period of a team or an escalation the users it stood
    for at one time or another in it, in that order; None of any other.
    """

    start: datetime
    end: datetime
    kind: PeriodKind
    participant: Participant
    from_user: str | None = None
    stood_for: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class RotationPeriods:
    """One rotation's periods: who has it in the end, its bare turns, what overrides and forwardings laid over them.

    Only of what counts in the end, `final`, the past is told apart, and a running period is cut at the present.
    """

    id: str
    name: str
    final: tuple[Period, ...]
    base: tuple[Period, ...]
    overrides: tuple[Period, ...]
    forwarded: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The rotations of a schedule in their order, but for those gone before the time in question, and all names."""

    rotations: tuple[RotationPeriods, ...]
    naming: Naming


async def drawn(reading: Reading, watched: Watched, start: datetime, end: datetime) -> Drawn:
    """A schedule in [start, end), also one that is off: each instant as the versions that held then say.

    The work grows with the time: the caller sees to a bound.
    """
    watched, crew = await with_crew(reading, watched, since=min(start, reading.now))
    whole = timeline(watched.schedule, start, end, watched.overrides, crew.directory.forwardings)
    stood_for = _stood_for(crew.directory, start, min(end, reading.now))
    gone = {each.id for each in watched.schedule.rotations if each.closed_at is not None and each.closed_at <= start}
    found: list[RotationPeriods] = []
    for each in whole.rotations:
        await asyncio.sleep(0)  # a year of hourly turns takes a while: others are served between two rotations
        if each.rotation_id not in gone:
            found.append(_periods(each, reading.now, stood_for))
    return Drawn(tuple(found), crew.naming)


_StoodFor = Callable[[Segment, datetime], tuple[str, ...] | None]


def _stood_for(directory: Directory, start: datetime, end: datetime) -> _StoodFor:
    """Tells of a segment, up to an instant, whom its team or escalation stood for; None for a user."""

    @cache
    def moments() -> tuple[datetime, ...]:
        return turning_points(directory, start, end)

    def stood_for(segment: Segment, until: datetime) -> tuple[str, ...] | None:
        if segment.participant.kind not in STAND_IN:
            return None
        within = moments()[bisect_right(moments(), segment.start) : bisect_left(moments(), until)]
        users = (user for at in (segment.start, *within) for user in people_of(segment.participant, at, directory))
        return tuple(dict.fromkeys(users))

    return stood_for


def _periods(of: RotationTimeline, now: datetime, stood_for: _StoodFor) -> RotationPeriods:
    return RotationPeriods(
        id=of.rotation_id,
        name=of.rotation_name,
        final=tuple(_with_the_past(of.final, now, stood_for)),
        base=tuple(_period(each) for each in of.base),
        overrides=tuple(_period(each) for each in of.overrides),
        forwarded=tuple(_period(each) for each in of.forwarded),
    )


def _with_the_past(segments: Iterable[Segment], now: datetime, stood_for: _StoodFor) -> Iterator[Period]:
    for segment in segments:
        if segment.start < now:
            until = min(segment.end, now)
            yield Period(
                segment.start,
                until,
                PeriodKind.HISTORICAL,
                segment.participant,
                segment.why.forwarded_from,
                stood_for(segment, until),
            )
        if now < segment.end:
            yield _period(segment, since=max(segment.start, now))


def _period(segment: Segment, *, since: datetime | None = None) -> Period:
    why = segment.why
    kind = PeriodKind.DEFAULT
    if why.forwarded:
        kind = PeriodKind.FORWARDING
    elif why.override is not None:
        kind = PeriodKind.OVERRIDE
    return Period(since or segment.start, segment.end, kind, segment.participant, why.forwarded_from)
