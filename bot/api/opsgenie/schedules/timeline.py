"""A schedule over days, weeks or months."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from bot.api.endpoints import Call, Endpoint, Nothing, Reply
from bot.api.opsgenie.schedules.asking import When
from bot.api.opsgenie.schedules.identifying import ByIdentifier, schedule_of
from bot.api.opsgenie.schedules.replies import BriefSchedule, as_brief
from bot.api.opsgenie.wire import Instant, Wire
from bot.engines.calendar_units import CalendarUnit, window
from bot.engines.rotation import Participant
from bot.queries import periods
from bot.queries.naming import Naming
from bot.queries.periods import Drawn, Period, PeriodKind, RotationPeriods
from bot.vocabulary import ParticipantKind

EXPANDABLE = ("base", "forwarding", "override")
MOST: Mapping[CalendarUnit, int] = MappingProxyType(
    {CalendarUnit.DAYS: 366, CalendarUnit.WEEKS: 52, CalendarUnit.MONTHS: 12}
)
"""As many of each as make a year."""
AT_A_TIME = 500
"""Periods that are written before others are served."""
Written: TypeAlias = dict[str, Any]
"""What a reply says, as JSON has it."""


class TimelineAsked(ByIdentifier):
    """Which time, counted in whole units from the beginning of the one that holds `date`, and what besides the end."""

    expand: str = ""
    interval_unit: Annotated[CalendarUnit, BeforeValidator(lambda unit: unit or CalendarUnit.WEEKS)] = (
        CalendarUnit.WEEKS
    )
    interval: Annotated[int, BeforeValidator(lambda number: 1 if number == "" else number)] = 1
    date: When = None

    @field_validator("interval")
    @classmethod
    def _is_a_year_at_most(cls, interval: int, info: ValidationInfo) -> int:
        unit = info.data.get("interval_unit", CalendarUnit.WEEKS)
        if not 1 <= interval <= MOST[unit]:
            raise ValueError(f"choose from 1 to {MOST[unit]} {unit}.")
        return interval

    @property
    def expanded(self) -> frozenset[str]:
        """The words of `expand`."""
        return frozenset(word.strip() for word in self.expand.split(","))


class RecipientReply(Wire):
    """Whose a period is; only nobody has neither id nor name."""

    id: str | None = None
    type: ParticipantKind
    name: str | None = None


class PeriodReply(Wire):
    """A time without a change. `fromUser` is the id of whose duty was forwarded.

    `flattenedRecipients`: of a period that is past the users who had it; those for whom a team or an escalation stood.
    """

    start_date: Instant
    end_date: Instant
    type: PeriodKind
    from_user: str | None = None
    recipient: RecipientReply
    flattened_recipients: tuple[RecipientReply, ...] | None = None


class RotationOfTimeline(Wire):
    """Which rotation; `order` is its place in the schedule, from 1. Among forwardings it has neither name nor place."""

    id: str
    name: str
    order: int


class RotationPeriodsReply(RotationOfTimeline):
    """A rotation's periods in order of time."""

    periods: tuple[PeriodReply, ...]


class RotationsReply(Wire):
    """Rotations in their order."""

    rotations: tuple[RotationPeriodsReply, ...]


class TimelineOf(Wire):
    """Whose timeline, and of which time."""

    parent: BriefSchedule = Field(serialization_alias="_parent")
    start_date: Instant
    end_date: Instant


class TimelineReply(TimelineOf):
    """Who is on call in the end; and the turns, the overrides and the forwardings that make it up, as far as asked."""

    final_timeline: RotationsReply
    base_timeline: RotationsReply | None = None
    override_timeline: RotationsReply | None = None
    forwarding_timeline: RotationsReply | None = None


async def _timeline(call: Call[TimelineAsked, Nothing]) -> Reply:
    query = call.query
    async with call.desk.reader() as reading:
        watched = await schedule_of(reading, call)
        start, end = window(query.date or reading.now, query.interval_unit, query.interval, watched.schedule.zone)
        drawn = await periods.drawn(reading, watched, start, end)
    show = _Show(drawn)
    data = _written(TimelineOf(parent=as_brief(watched.schedule), start_date=start, end_date=end))
    data["finalTimeline"] = await show.rotations(lambda each: each.final)
    if "base" in query.expanded:
        data["baseTimeline"] = await show.rotations(lambda each: each.base)
    if "override" in query.expanded:
        data["overrideTimeline"] = await show.rotations(lambda each: each.overrides)
    if "forwarding" in query.expanded:
        data["forwardingTimeline"] = await show.forwardings()
    return Reply(data, more={"expandable": EXPANDABLE})


class _Show:
    """What was drawn as a `TimelineReply` has it, written piece by piece: others are served in between.

    Each recipient is made once.
    """

    def __init__(self, drawn: Drawn) -> None:
        self._drawn = drawn
        self._recipient = _recipients(drawn.naming)

    async def rotations(self, layer: Callable[[RotationPeriods], Sequence[Period]]) -> Written:
        """One layer of every rotation."""
        return {
            "rotations": [
                await self._rotation(RotationOfTimeline(id=each.id, name=each.name, order=order), layer(each))
                for order, each in enumerate(self._drawn.rotations, start=1)
            ]
        }

    async def forwardings(self) -> Written:
        """What was forwarded, of the rotations in which something was."""
        return {
            "rotations": [
                await self._rotation(RotationOfTimeline(id=each.id, name="", order=0), each.forwarded)
                for each in self._drawn.rotations
                if each.forwarded
            ]
        }

    async def _rotation(self, rotation: RotationOfTimeline, layer: Sequence[Period]) -> Written:
        told: list[Written] = []
        for since in range(0, len(layer), AT_A_TIME):
            await asyncio.sleep(0)
            told += [_written(self._period(each)) for each in layer[since : since + AT_A_TIME]]
        return {**_written(rotation), "periods": told}

    def _period(self, period: Period) -> PeriodReply:
        return PeriodReply(
            start_date=period.start,
            end_date=period.end,
            type=period.kind,
            from_user=period.from_user,
            recipient=self._recipient(period.participant),
            flattened_recipients=None if period.stood_for is None else self._users(period.stood_for),
        )

    def _users(self, ids: Iterable[str]) -> tuple[RecipientReply, ...]:
        return tuple(self._recipient(Participant(ParticipantKind.USER, each)) for each in ids)


def _written(reply: Wire) -> Written:
    return reply.model_dump(mode="json", by_alias=True, exclude_none=True)


def _recipients(naming: Naming) -> Callable[[Participant], RecipientReply]:
    @cache
    def recipient(who: Participant) -> RecipientReply:
        return RecipientReply(id=who.id, type=who.kind, name=naming.of(who))

    return recipient


ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        method="GET",
        path="/v2/schedules/{identifier}/timeline",
        summary="Get a schedule's timeline",
        handle=_timeline,
        query=TimelineAsked,
        body=Nothing,
        data=TimelineReply,
    ),
)
