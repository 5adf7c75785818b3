"""A spelt phrase as a moment: where the grammar's parts (instants, days, clocks, distances) come together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.engines import wallclock
from bot.errors import Unreadable
from bot.slack.words.local import MONTHS, WEEKDAYS
from bot.slack.words.times.clocks import DEFAULT_HOUR, TONIGHT, read_clock
from bot.slack.words.times.days import Day, read_day
from bot.slack.words.times.instants import read_instant, whole_minute
from bot.slack.words.times.loose import read_distance
from bot.slack.words.times.tokens import words_of
from bot.slack.words.times.values import Direction, Reading, Shape, Standpoint
from bot.slack.words.times.zones import split_zone

YEARS = range(1970, 2101)
_ONE_DAY = timedelta(days=1)
_ONE_WEEK = timedelta(weeks=1)
_NIGHT_ENDS = timedelta(hours=5)
_ISO_LOCAL = re.compile(r"^(\d{4}-\d{2}-\d{2})t(?=\d)")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A day, a clock time, or both, before it is decided which of the possible days is meant."""

    day: Day | None
    clock: timedelta | None
    words: tuple[str, ...]


def reading_of(phrase: str, stand: Standpoint, direction: Direction, *, ends: bool = False) -> Reading | None:
    """The moment that a spelt phrase means, or None where it is not surely one.

    With `ends` it is the end of a range that starts at `stand.base`: the next such time after it, and no mere distance.

    Raises:
        Unreadable: it is a time, but one that does not exist or lies outside the years 1970 to 2100.
    """
    phrase, zone = split_zone(phrase, stand.zone)
    stand = Standpoint(stand.now, zone, stand.base)
    try:
        reading = _instant(phrase, stand, direction, ends=ends) or _calendar_time(phrase, stand, direction, ends=ends)
        reading = reading or _distant(phrase, stand, direction)
    except (OverflowError, ValueError):
        raise out_of_bounds() from None
    if reading is not None and reading.at.year not in YEARS:
        raise out_of_bounds()
    return reading


def _instant(phrase: str, stand: Standpoint, direction: Direction, *, ends: bool) -> Reading | None:
    at = read_instant(phrase, stand, direction, distances_alone=not ends)
    return None if at is None else Reading(at.replace(microsecond=0), stand.zone, Shape.INSTANT)


def _calendar_time(phrase: str, stand: Standpoint, direction: Direction, *, ends: bool) -> Reading | None:
    """A day, a clock time or both."""
    today, base = (wallclock.to_local(at, stand.zone).date() for at in (stand.now, stand.base))
    parts = _parts(words_of(_ISO_LOCAL.sub(r"\1 ", phrase)), today=today, base=base)
    if parts is None:
        return None
    if parts.words == ("today",):
        return Reading(stand.now.replace(microsecond=0), stand.zone, Shape.DAY, ("no hour given, so now",))
    clock = parts.clock if parts.clock is not None else _default_clock(parts.words)
    day = parts.day or Day(tuple(base + shift * _ONE_DAY for shift in (-1, 0, 1)), base)
    candidates = [_local(candidate, clock) for candidate in day.candidates]
    local = _end(candidates, stand) if ends else _directed(candidates, _local(day.usual, clock), stand, direction)
    check_weekday(local.date() if clock < _ONE_DAY else local.date() - _ONE_DAY, day.weekday)
    at = wallclock.resolve(local, stand.zone)
    assumed = _assumed(local, at, stand.zone, default_hour=parts.clock is None)
    return Reading(at, stand.zone, _shape(parts), assumed)


def _parts(words: tuple[str, ...], *, today: date, base: date) -> _Phrase | None:
    """The words as day and clock in either order, every word used."""
    if not words:
        return None
    found = read_day(words, today=today, base=base)
    if found is not None:
        day, taken = found
        rest = words[taken:]
        clock = read_clock(rest, after_day=True) if rest else None
        if rest and clock is None:
            return None
        return _Phrase(day, _tonight(clock, words, rest), words)
    for size in (1, 2):
        clock = read_clock(words[:size], after_day=False)
        if clock is None:
            continue
        later = words[size:]
        found = read_day(later, today=today, base=base) if later else None
        if not later or (found is not None and found[1] == len(later)):
            return _Phrase(found[0] if found else None, clock, words)
    return None


def _tonight(clock: timedelta | None, words: tuple[str, ...], rest: tuple[str, ...]) -> timedelta | None:
    """`tonight at 10` is 22:00 and `tonight 2am` comes after midnight; other days keep the clock as it is."""
    if clock is None or words[0] != "tonight":
        return clock
    if clock < _NIGHT_ENDS:
        return clock + _ONE_DAY
    return clock + _ONE_DAY / 2 if rest[-1].isdigit() and clock < _ONE_DAY / 2 else clock


def _default_clock(words: tuple[str, ...]) -> timedelta:
    return TONIGHT if "tonight" in words else timedelta(hours=DEFAULT_HOUR)


def _shape(parts: _Phrase) -> Shape:
    if parts.day is None:
        return Shape.CLOCK
    return Shape.DAY if parts.clock is None else Shape.DAY_AND_CLOCK


def _directed(candidates: list[datetime], usual: datetime, stand: Standpoint, direction: Direction) -> datetime:
    """The candidate that lies in the direction, nearest first; the usual one where none does or none is asked."""
    if direction == "any":
        return usual
    border = whole_minute(stand.base)
    ahead = [local for local in candidates if wallclock.resolve(local, stand.zone) >= border]
    behind = [local for local in candidates if wallclock.resolve(local, stand.zone) <= stand.base]
    if direction == "future":
        return ahead[0] if ahead else usual
    return behind[-1] if behind else usual


def _end(candidates: list[datetime], stand: Standpoint) -> datetime:
    """The first candidate after the start, on its day or later.

    On the day of the start, only a bare clock time gives way to the next day, and only a weekday at the very time of
    the start (`mon 9:00 - mon 9:00`) to the next week. Else the answer is not after the start: the range refuses it.
    """
    start = wallclock.to_local(stand.base, stand.zone)
    step = candidates[1] - candidates[0] if len(candidates) > 1 else timedelta(0)
    for local in candidates:
        gives_way = step == _ONE_DAY or (step == _ONE_WEEK and local == start)
        if local > start or (local.date() == start.date() and not gives_way):
            return local
    return candidates[-1]


def _distant(phrase: str, stand: Standpoint, direction: Direction) -> Reading | None:
    """Months and years away, with or without a clock time."""
    local_now = wallclock.to_local(stand.now, stand.zone)
    found = read_distance(phrase, local_now, back=direction == "past")
    if found is None:
        return None
    local, rest = found
    if rest:
        clock = read_clock(words_of(rest), after_day=True)
        if clock is None:
            return None
        local = _local(local.date(), clock)
    at = wallclock.resolve(local.replace(microsecond=0), stand.zone)
    return Reading(at, stand.zone, Shape.INSTANT, _assumed(local, at, stand.zone, default_hour=False))


def _local(day: date, clock: timedelta) -> datetime:
    return datetime.combine(day, time()) + clock


def _assumed(local: datetime, at: datetime, zone: ZoneInfo, *, default_hour: bool) -> tuple[str, ...]:
    """What the words did not say, or said of a time that the zone skips or has twice."""
    assumed = [f"no hour given, so {local:%H:%M}"] if default_hour else []
    if wallclock.to_local(at, zone) != local.replace(microsecond=0):
        assumed.append(f"the clocks skip {local:%H:%M} that day")
    elif wallclock.resolve_last(local, zone) != wallclock.resolve(local, zone):
        assumed.append(f"{local:%H:%M} comes twice that day, the first is meant")
    return tuple(assumed)


def check_weekday(day: date, claimed: int | None) -> None:
    """Refuse a day that is not the weekday it was said to be (0 Monday); None claims nothing.

    Raises:
        Unreadable: it is another weekday; the sentence says which.
    """
    if claimed is None or claimed == day.weekday():
        return
    name = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    raise Unreadable(f"{name} is a {WEEKDAYS[day.weekday()]}, not a {WEEKDAYS[claimed]}. Which of the two do you mean?")


def out_of_bounds() -> Unreadable:
    """The refusal of a time that lies outside the years we know."""
    return Unreadable(f"I know the years {YEARS[0]} to {YEARS[-1]} only. Type a time like 2026-12-24 09:00.")
