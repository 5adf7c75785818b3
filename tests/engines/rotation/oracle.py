"""The rules once more, told in the slowest and plainest way: everything is walked from the start, nothing is guessed.

It shares no arithmetic with the engine: a zone is a list of spans of constant offset, found by trying.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.engines.rotation import (
    NOBODY,
    Forwarding,
    Override,
    Participant,
    Restriction,
    Rotation,
    RotationVersion,
    Schedule,
)
from bot.vocabulary import ParticipantKind, RestrictionKind, RotationType, TurnCounting, Weekday

Said = tuple[datetime, datetime, Participant, tuple[object, ...]]
"""Start, end, who, and the reason: version and turn or the override's id, and the ids of the forwarding chain."""

_KNOWN_FROM = datetime(2009, 1, 1, tzinfo=UTC)
_KNOWN_TO = datetime(2027, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)


@cache
def spans_of(zone: ZoneInfo) -> list[tuple[datetime, datetime, timedelta]]:
    """The times of constant offset from 2009 to 2027: start, end, offset."""
    spans = []
    since, offset = _KNOWN_FROM, _offset(_KNOWN_FROM, zone)
    probe = _KNOWN_FROM
    while probe < _KNOWN_TO:
        following = probe + timedelta(days=5)
        if _offset(following, zone) != offset:
            moved = probe
            for step in (86400, 3600, 60, 1):
                while _offset(moved + timedelta(seconds=step), zone) == offset:
                    moved += timedelta(seconds=step)
            moved += timedelta(seconds=1)
            spans.append((since, moved, offset))
            since, offset = moved, _offset(moved, zone)
        probe = following
    return [*spans, (since, _KNOWN_TO, offset)]


def first_reading(local: datetime, zone: ZoneInfo) -> datetime:
    wanted = local.replace(tzinfo=UTC)
    return next(
        max(since, wanted - offset) for since, until, offset in spans_of(zone) if max(since, wanted - offset) < until
    )


def last_reading(local: datetime, zone: ZoneInfo) -> datetime:
    wanted = local.replace(tzinfo=UTC)
    exact = [wanted - offset for since, until, offset in spans_of(zone) if since <= wanted - offset < until]
    return exact[-1] if exact else first_reading(local, zone)


def reading(instant: datetime, zone: ZoneInfo) -> datetime:
    return (instant + _offset(instant, zone)).replace(tzinfo=None)


def final_of(
    schedule: Schedule,
    rotation: Rotation,
    *,
    overrides: tuple[Override, ...],
    forwardings: tuple[Forwarding, ...],
    start: datetime,
    end: datetime,
) -> list[Said]:
    """One rotation's final segments in [start, end)."""
    mine = [row for row in overrides if not row.rotation_ids or rotation.id in row.rotation_ids]
    turns = list(_turns(rotation, schedule.zone, end))
    points = {start, end, *(point for turn in turns for point in turn[:2])}
    points |= {point for row in mine for point in (row.start, row.end)}
    points |= {point for row in forwardings for point in (row.start, row.end)}
    said: list[Said] = []
    for since, until in pairwise(sorted(point for point in points if start <= point <= end)):
        who, why = _answer(turns, mine, since)
        chain: tuple[str, ...] = ()
        if who.kind is ParticipantKind.USER and who.id is not None:
            heir, chain = _heir(who.id, forwardings, since)
            who = Participant(ParticipantKind.USER, heir)
        if who != NOBODY:
            said.append((since, until, who, (*why, chain)))
    return joined(said)


def joined(said: list[Said]) -> list[Said]:
    """Touching segments of the same participant for the same reason as one."""
    result: list[Said] = []
    for one in said:
        if result and result[-1][1] == one[0] and result[-1][2:] == one[2:]:
            result[-1] = (result[-1][0], one[1], *one[2:])
        else:
            result.append(one)
    return result


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    offset = instant.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def _answer(
    turns: list[tuple[datetime, datetime, Participant, tuple[object, ...]]], mine: list[Override], instant: datetime
) -> tuple[Participant, tuple[object, ...]]:
    over = [row for row in mine if row.start <= instant < row.end]
    if over:
        top = sorted(over, key=lambda row: row.sequence)[-1]
        return top.participant, ("override", top.id)
    for since, until, who, why in turns:
        if since <= instant < until:
            return who, why
    return NOBODY, ()


def _heir(name: str, forwardings: tuple[Forwarding, ...], instant: datetime) -> tuple[str, tuple[str, ...]]:
    seen, chain = [name], []
    while True:
        rows = [row for row in forwardings if row.from_user == seen[-1] and row.start <= instant < row.end]
        if not rows:
            break
        top = sorted(rows, key=lambda row: row.sequence)[-1]
        if top.to_user in seen:
            break
        seen.append(top.to_user)
        chain.append(top.id)
    return seen[-1], tuple(chain)


def _turns(
    rotation: Rotation, zone: ZoneInfo, end: datetime
) -> Iterator[tuple[datetime, datetime, Participant, tuple[object, ...]]]:
    """Every turn from the very start, cut by versions and by every window it meets."""
    for number, version in enumerate(rotation.versions):
        later = rotation.versions[number + 1].holds_from if number + 1 < len(rotation.versions) else None
        holds_from = max(version.rule.start, version.holds_from or version.rule.start)
        holds_to = min(moment for moment in (later, version.rule.end, end) if moment is not None)
        if holds_from >= holds_to:
            continue
        windows = _windows(version.rule.restriction, zone, holds_from, holds_to)
        hand_offs = _hand_offs(version, zone, holds_to)
        for turn, (since, until) in enumerate(pairwise(hand_offs)):
            who = version.rule.participants[(turn + version.place) % len(version.rule.participants)]
            for in_force, out_of_force in windows:
                piece = max(since, in_force, holds_from), min(until, out_of_force, holds_to)
                if piece[0] < piece[1]:
                    yield (*piece, who, ("turn", number, turn))


def _hand_offs(version: RotationVersion, zone: ZoneInfo, end: datetime) -> list[datetime]:
    rule = version.rule
    start = version.counted_from or rule.start
    hours = {RotationType.HOURLY: 1, RotationType.DAILY: 24, RotationType.WEEKLY: 168}[rule.type] * rule.length
    keeps_hours = rule.type is RotationType.HOURLY and 24 % hours and hours % 24
    result = [start]
    if keeps_hours:
        while result[-1] < end:
            result.append(result[-1] + timedelta(hours=hours))
        return result
    local = reading(start, zone) - version.skipped
    moment = start
    counting: list[datetime] = []
    while moment < end or not counting:
        if rule.turns is TurnCounting.ALL or _meets(rule.restriction, local, local + timedelta(hours=hours)):
            counting.append(moment)
        local += timedelta(hours=hours)
        moment = max(start, first_reading(local, zone))
    return [start, *counting[1:], max(moment, end)]


def _meets(restriction: Restriction | None, since: datetime, until: datetime) -> bool:
    """Whether local times [since, until) meet a window, on a wall clock that is never moved."""
    if restriction is None:
        return True
    return any(a < until and b > since for a, b in _local_windows(restriction, since - 8 * _DAY, until + 8 * _DAY))


def _local_windows(restriction: Restriction, since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    day = since.replace(hour=0, minute=0)
    while day <= until:
        for window in restriction.windows:
            if restriction.kind is RestrictionKind.TIME_OF_DAY:
                ahead = 0
            elif tuple(Weekday)[day.weekday()] is window.start_day:
                ahead = (list(Weekday).index(window.end_day or Weekday.MONDAY) - day.weekday()) % 7
            else:
                continue
            begin = day + timedelta(hours=window.start_hour, minutes=window.start_minute)
            finish = day + ahead * _DAY + timedelta(hours=window.end_hour, minutes=window.end_minute)
            if finish <= begin:
                finish += _DAY if restriction.kind is RestrictionKind.TIME_OF_DAY else 7 * _DAY
            yield begin, finish
        day += _DAY


def _windows(
    restriction: Restriction | None, zone: ZoneInfo, start: datetime, end: datetime
) -> list[tuple[datetime, datetime]]:
    if restriction is None:
        return [(start, end)]
    around = _local_windows(restriction, reading(start, zone) - 9 * _DAY, reading(end, zone) + 9 * _DAY)
    # Touching local windows are one: the end of the first is no end, so its last occurrence does not count.
    result: list[tuple[datetime, datetime]] = []
    for since, until in sorted(around):
        if result and since <= result[-1][1]:
            result[-1] = result[-1][0], max(until, result[-1][1])
        else:
            result.append((since, until))
    instants: list[tuple[datetime, datetime]] = []
    for since, until in result:
        begin, finish = first_reading(since, zone), last_reading(until, zone)
        if instants and begin <= instants[-1][1]:
            instants[-1] = instants[-1][0], max(finish, instants[-1][1])
        elif begin < finish:
            instants.append((begin, finish))
    return instants
