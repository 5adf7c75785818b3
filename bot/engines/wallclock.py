"""Wall clocks: from what a clock on the wall reads to the instant meant, and back. The one file that knows DST.

An *instant* is an aware UTC datetime. A *local* time is a naive datetime: what a clock in the zone reads. All counting
of days and weeks is done on local times, all comparing and subtracting on instants.

Every answer about who is on call passes through here several times. Hence sums with the two epochs where `replace`
would be plainer: they are ten times quicker.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from bot.errors import Unreadable

_SECOND = timedelta(seconds=1)
_TWO_DAYS = timedelta(days=2)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LOCAL_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - local times are naive by definition


def zone_named(name: str) -> ZoneInfo:
    """The IANA zone of that name.

    Raises:
        Unreadable: no zone has that name.
    """
    try:
        return zone_of(name)
    except (KeyError, ValueError, OSError) as error:
        raise Unreadable(f"I know no time zone “{name}”. Write one like Europe/Berlin or America/New_York.") from error


@cache
def zone_of(name: str) -> ZoneInfo:
    """The IANA zone of a name that was looked at before it was stored; each is read from the disk once.

    The library itself keeps the last eight, and teams live in more.

    Raises:
        KeyError, ValueError, OSError: no zone has that name.
    """
    return ZoneInfo(name)


def to_local(instant: datetime, zone: ZoneInfo) -> datetime:
    """What the clock on the zone's wall reads at that instant, naive and without a fold."""
    offset = instant.astimezone(zone).utcoffset()
    assert offset is not None  # noqa: S101 - narrows the type: an aware datetime has an offset
    return _LOCAL_EPOCH + (instant - _EPOCH + offset)


def resolve(local: datetime, zone: ZoneInfo) -> datetime:
    """The first instant at which the zone's clock has come to `local`.

    A time that is skipped means the first instant after the gap, one that happens twice its first occurrence. Later
    local times never resolve to earlier instants.
    """
    first_pass, second_pass = _offsets(local, zone)
    if first_pass < second_pass:
        return _end_of_gap(local, zone, second_pass)
    return _EPOCH + (local - _LOCAL_EPOCH - first_pass)


def resolve_last(local: datetime, zone: ZoneInfo) -> datetime:
    """As `resolve`, but a time that happens twice means its last occurrence: for the ends of windows."""
    first_pass, second_pass = _offsets(local, zone)
    if first_pass < second_pass:
        return _end_of_gap(local, zone, second_pass)
    return _EPOCH + (local - _LOCAL_EPOCH - second_pass)


def _offsets(local: datetime, zone: ZoneInfo) -> tuple[timedelta, timedelta]:
    """The zone's offsets when `local` is read on the first and on the second pass: the second is the smaller one for a
    time that happens twice, the larger one for a time that is skipped, and equal otherwise.
    """
    first_pass = zone.utcoffset(local)
    second_pass = zone.utcoffset(datetime.combine(local, _on_second_pass(local.time())))
    assert first_pass is not None and second_pass is not None  # noqa: S101 - narrows the type tzinfo declares
    return first_pass, second_pass


@lru_cache(maxsize=1024)
def _on_second_pass(reading: time) -> time:
    return reading.replace(fold=1)


def _end_of_gap(local: datetime, zone: ZoneInfo, offset_after: timedelta) -> datetime:
    """The instant at which the clock jumps over `local`, found by halving; zones jump on whole seconds."""
    near = (local - offset_after - _LOCAL_EPOCH) // _SECOND
    far = near + _TWO_DAYS // _SECOND
    while far - near > 1:
        middle = (near + far) // 2
        if to_local(_EPOCH + middle * _SECOND, zone) < local:
            near = middle
        else:
            far = middle
    return _EPOCH + far * _SECOND
