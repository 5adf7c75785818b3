"""Small and random schedules for the tests, mostly where and when clocks are moved."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

from bot.engines.rotation import (
    NOBODY,
    Forwarding,
    Override,
    Participant,
    Restriction,
    Rotation,
    RotationRule,
    RotationVersion,
    Schedule,
    TimeWindow,
    edited,
)
from bot.vocabulary import ParticipantKind, RestrictionKind, RotationType, TurnCounting, Weekday
from tests.engines.rotation.oracle import spans_of

EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "300"))

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
MOVING_CLOCKS = (
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Antarctica/Troll",
    "Antarctica/Casey",
    "America/Caracas",
    "America/Asuncion",
    "America/Scoresbysund",
    "America/Santiago",
    "Africa/Cairo",
    "Asia/Beirut",
    "Asia/Gaza",
    "Atlantic/Azores",
    "Europe/Istanbul",
    "Pacific/Chatham",
    "Pacific/Easter",
    "Pacific/Fakaofo",
)


def user(name: str) -> Participant:
    return Participant(ParticipantKind.USER, name)


ANN, BOB, CAT, DAN = (user(name) for name in ("ann", "bob", "cat", "dan"))


def rule(
    start: datetime,
    *participants: Participant,
    every: RotationType = RotationType.WEEKLY,
    length: int = 1,
    end: datetime | None = None,
    restriction: Restriction | None = None,
    turns: TurnCounting = TurnCounting.ALL,
) -> RotationRule:
    return RotationRule(start, end, every, length, participants, restriction, turns)


def rotation(made_of: RotationRule, rotation_id: str = "r") -> Rotation:
    return Rotation(rotation_id, f"name of {rotation_id}", (RotationVersion(made_of),))


def schedule(*rotations: Rotation, zone: ZoneInfo = BERLIN, enabled: bool = True) -> Schedule:
    return Schedule("s", "support", zone, enabled, rotations)


def office_hours(*days: Weekday, start: int = 8, end: int = 18) -> Restriction:
    return Restriction(
        RestrictionKind.WEEKDAY_AND_TIME_OF_DAY, tuple(TimeWindow(start, 0, end, 0, day, day) for day in days)
    )


def every_day(start: tuple[int, int], end: tuple[int, int]) -> Restriction:
    return Restriction(RestrictionKind.TIME_OF_DAY, (TimeWindow(*start, *end),))


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class World:
    """A schedule with all that lies over it, and a time to ask about."""

    schedule: Schedule
    overrides: tuple[Override, ...]
    forwardings: tuple[Forwarding, ...]
    start: datetime
    end: datetime


zones = st.one_of(st.sampled_from(MOVING_CLOCKS), st.sampled_from(sorted(available_timezones()))).map(ZoneInfo)
_participants = st.sampled_from((ANN, BOB, CAT, DAN, NOBODY, Participant(ParticipantKind.TEAM, "crew")))
_days = st.sampled_from(tuple(Weekday))
_hours = st.integers(0, 23)
_halves = st.sampled_from((0, 30))
_users = st.sampled_from(("ann", "bob", "cat", "dan"))


@st.composite
def moments(draw: st.DrawFn, zone: ZoneInfo) -> datetime:
    """An instant on a half hour, by preference in the days around one at which the zone's clock was moved."""
    moves = [since for since, _, _ in spans_of(zone)[1:]]
    is_near_a_move = bool(moves) and draw(st.integers(0, 3)) > 0
    around = moves[draw(st.integers(0, len(moves) - 1))] if is_near_a_move else utc(2015, 6, 1)
    return around.replace(minute=0, second=0) + draw(st.integers(-5 * 48, 5 * 48)) * timedelta(minutes=30)


@st.composite
def restrictions(draw: st.DrawFn) -> Restriction | None:
    form = draw(st.integers(0, 2))
    if form == 0:
        return None
    if form == 1:
        window = TimeWindow(draw(_hours), draw(_halves), draw(_hours), draw(_halves))
        return Restriction(RestrictionKind.TIME_OF_DAY, (window,))
    windows = tuple(
        TimeWindow(draw(_hours), draw(_halves), draw(_hours), draw(_halves), draw(_days), draw(_days))
        for _ in range(draw(st.integers(1, 4)))
    )
    return Restriction(RestrictionKind.WEEKDAY_AND_TIME_OF_DAY, windows)


@st.composite
def rules(draw: st.DrawFn, around: datetime) -> RotationRule:
    """A rule that began up to seven weeks before an instant, or begins soon after it."""
    every = draw(st.sampled_from(RotationType))
    lengths = (1, 2, 4, 5, 7, 8, 12, 24, 36, 48) if every is RotationType.HOURLY else (1, 2, 3)
    length = draw(st.sampled_from(lengths))
    start = around - draw(st.integers(-48, 7 * 7 * 48)) * timedelta(minutes=30)
    ends = draw(st.booleans()) and draw(st.booleans())
    return RotationRule(
        start,
        max(start, around) + draw(st.integers(1, 96)) * timedelta(hours=1) if ends else None,
        every,
        length,
        tuple(draw(st.lists(_participants, min_size=1, max_size=4))),
        draw(restrictions()),
        draw(st.sampled_from(TurnCounting)),
    )


@st.composite
def rotations_of_the_past(draw: st.DrawFn, around: datetime, zone: ZoneInfo, rotation_id: str) -> Rotation:
    """A rotation, edited up to twice around an instant; its start stays more often than not."""
    made = rotation(draw(rules(around)), rotation_id)
    for _ in range(draw(st.sampled_from((0, 0, 1, 2)))):
        at = around + draw(st.integers(-96, 96)) * timedelta(minutes=50)
        new_rule = draw(rules(around))
        if draw(st.integers(0, 2)):
            new_rule = replace(new_rule, start=made.rule.start, end=None)
        made = edited(made, new_rule, at=at, zone=zone)
    return made


@st.composite
def worlds(draw: st.DrawFn) -> World:
    zone = draw(zones)
    around = draw(moments(zone))
    rotations = tuple(draw(rotations_of_the_past(around, zone, f"r{n}")) for n in range(draw(st.integers(1, 2))))
    start = around - draw(st.integers(0, 5 * 24)) * timedelta(minutes=60)
    return World(
        schedule(*rotations, zone=zone),
        tuple(draw(overrides(around, n)) for n in range(draw(st.integers(0, 3)))),
        tuple(draw(forwardings(around, n)) for n in range(draw(st.integers(0, 3)))),
        start,
        start + draw(st.integers(1, 10 * 24)) * timedelta(hours=1),
    )


@st.composite
def overrides(draw: st.DrawFn, around: datetime, number: int) -> Override:
    start = around + draw(st.integers(-96, 96)) * timedelta(minutes=50)
    named = frozenset(draw(st.lists(st.sampled_from(("r0", "r1")), max_size=1)))
    end = start + draw(st.integers(1, 60)) * timedelta(minutes=70)
    return Override(f"o{number}", draw(_participants), start, end, named, number, "boss")


@st.composite
def forwardings(draw: st.DrawFn, around: datetime, number: int) -> Forwarding:
    start = around + draw(st.integers(-96, 96)) * timedelta(minutes=50)
    end = start + draw(st.integers(1, 60)) * timedelta(minutes=110)
    return Forwarding(f"f{number}", draw(_users), draw(_users), start, end, number)
