"""A schedule over a time, period by period: who has it, why, and what of it is past."""

from __future__ import annotations

import asyncio
from bisect import bisect_left, bisect_right
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.engines.rotation import (
    Directory,
    Forwarding,
    Participant,
    RotationTimeline,
    Segment,
    people_of,
    timeline,
    turning_points_one_by_one,
)
from bot.errors import BadFields
from bot.queries.duty import with_crew
from bot.queries.naming import Naming
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.vocabulary import ParticipantKind

MOST_PERIODS = 20_000
"""Of all rotations together, the bare turns counted where they are more: two years of one-hour turns, a few seconds'
work. For each that is past, as often as whom a team stands for may have changed in it.
"""
PIECE = timedelta(days=28)
"""What is drawn before others are served: of hourly turns a few milliseconds' worth."""
AT_A_TIME = 500
"""Periods that are made before others are served."""
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

    `from_user`: whose duty was forwarded. `stood_for`: of a past period the users who had it, and of a team's or an
    escalation's those whom it stood for at one time or another in it, in that order; None of one to come.
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

    Others are served while it is drawn.

    Raises:
        BadFields: for `interval`, as soon as there are more than MOST_PERIODS.
    """
    watched, crew = await with_crew(reading, watched, since=min(start, reading.now))
    effort = _Effort()
    stood_for = _StoodFor(crew.directory, start, min(end, reading.now), effort)
    found: list[RotationPeriods] = []
    for rotation in watched.schedule.rotations:
        if rotation.closed_at is not None and rotation.closed_at <= start:
            continue
        alone = replace(watched, schedule=replace(watched.schedule, rotations=(rotation,)))
        row = await _row(alone, start, end, crew.directory.forwardings, effort=effort)
        found.append(await _periods(row, reading.now, stood_for))
    return Drawn(tuple(found), crew.naming)


async def _row(
    alone: Watched, start: datetime, end: datetime, links: Iterable[Forwarding], *, effort: _Effort
) -> RotationTimeline:
    """The one rotation of a schedule, drawn piece by piece."""
    base: list[Segment] = []
    overrides: list[Segment] = []
    final: list[Segment] = []
    for since, until in _pieces(start, end):
        [row] = timeline(alone.schedule, since, until, alone.overrides, links).rotations
        for whole, piece in ((base, row.base), (overrides, row.overrides), (final, row.final)):
            _join(whole, piece)
        await effort.spend(max(len(row.base), len(row.final)))
    [rotation] = alone.schedule.rotations
    return RotationTimeline(rotation.id, rotation.name, tuple(base), tuple(overrides), tuple(final))


def _pieces(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    while start < end:
        until = min(start + PIECE, end)
        yield start, until
        start = until


def _join(whole: list[Segment], piece: Iterable[Segment]) -> None:
    """Put a piece at the end; what was cut in two there is one again."""
    for segment in piece:
        last = whole[-1] if whole else None
        if last and (last.end, last.participant, last.why) == (segment.start, segment.participant, segment.why):
            whole[-1] = replace(last, end=segment.end)
        else:
            whole.append(segment)


@dataclass(slots=True)
class _Effort:
    """Counts what is drawn, and lets others go first after each piece of it."""

    spent: int = 0

    async def spend(self, count: int) -> None:
        """Note that so much was drawn."""
        self.spent += count
        if self.spent > MOST_PERIODS:
            raise BadFields({"interval": f"Choose a shorter time: this one has more than {MOST_PERIODS:,} periods."})
        await asyncio.sleep(0)


@dataclass(slots=True)
class _StoodFor:
    """Tells of a segment in [start, end) which users had it: whom its team or escalation stood for."""

    directory: Directory
    start: datetime
    end: datetime
    effort: _Effort
    _moments: list[datetime] | None = None

    async def of(self, segment: Segment, until: datetime) -> tuple[str, ...]:
        """Everybody up to an instant, in that order."""
        who = segment.participant
        if who.kind not in STAND_IN:
            return (who.id,) if who.id else ()
        moments = await self._turning_points()
        users: dict[str, None] = {}
        for at in (segment.start, *moments[bisect_right(moments, segment.start) : bisect_left(moments, until)]):
            users |= dict.fromkeys(people_of(who, at, self.directory))
            await self.effort.spend(1)
        return tuple(users)

    async def _turning_points(self) -> list[datetime]:
        if self._moments is None:
            found: set[datetime] = set()
            for since, until in _pieces(self.start, self.end):
                for several in turning_points_one_by_one(self.directory, since, until):
                    found |= several
                    await self.effort.spend(len(several))
                found.add(until)
            self._moments = sorted(found)
        return self._moments


async def _periods(of: RotationTimeline, now: datetime, stood_for: _StoodFor) -> RotationPeriods:
    return RotationPeriods(
        id=of.rotation_id,
        name=of.rotation_name,
        final=tuple([each async for each in _with_the_past(of.final, now, stood_for)]),
        base=tuple(_period(each) for each in of.base),
        overrides=tuple(_period(each) for each in of.overrides),
        forwarded=tuple(_period(each) for each in of.forwarded),
    )


async def _with_the_past(segments: Iterable[Segment], now: datetime, stood_for: _StoodFor) -> AsyncIterator[Period]:
    for number, segment in enumerate(segments):
        if number % AT_A_TIME == 0:
            await asyncio.sleep(0)
        if segment.start < now:
            until = min(segment.end, now)
            yield Period(
                segment.start,
                until,
                PeriodKind.HISTORICAL,
                segment.participant,
                segment.why.forwarded_from,
                await stood_for.of(segment, until),
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
