"""The shifts of a schedule as entries of a calendar, each with an id that stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256

from bot.engines.calendars.windows import Window
from bot.engines.rotation import Forwarding, Override, Participant, Rotation, Schedule, Shift, shifts_between

PIECE = timedelta(days=7)
"""What is drawn at a time: of hourly turns a few milliseconds' worth."""
FEED_DIGITS, TIME_DIGITS, ROTATION_DIGITS = 24, 14, 16
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A shift as a calendar is told of it: who (`name`), by which schedule and rotation, from when until when."""

    uid: str
    schedule_id: str
    rotation_id: str
    start: datetime
    end: datetime
    participant: Participant
    name: str
    schedule: str
    rotation: str


def feed_key(*what: str) -> str:
    """What the uids of a feed begin with, so that they stand side by side in an index."""
    return _digits("\n".join(what), FEED_DIGITS)


def uid_of(feed: str, rotation_id: str, start: datetime) -> str:
    """The id of a shift in a feed: the same rotation and beginning give the same, whatever else is edited.

    Digits and the letters a to f alone. Within a feed their order is that of time, by any database's collation.
    """
    return f"{feed}{_time(start)}{_digits(rotation_id, ROTATION_DIGITS)}"


def uid_at(feed: str, at: datetime) -> str:
    """What the uids of all shifts of a feed that begin before an instant come before, and no others."""
    return f"{feed}{_time(at)}{'0' * ROTATION_DIGITS}"


def is_telling(start: datetime, end: datetime) -> bool:
    """Whether a calendar, which knows whole seconds only, can tell the one from the other."""
    return end - start >= _SECOND or start.replace(microsecond=0) < end.replace(microsecond=0)


def shifts_within(
    schedule: Schedule,
    rotation: Rotation,
    overrides: Iterable[Override],
    forwardings: Iterable[Forwarding],
    window: Window,
) -> Iterator[Shift | None]:
    """The shifts of one rotation that run at some time in a window, in order, drawn as they are asked for.

    None stands for a pause: after every piece drawn, so that whoever asks can let others go first. A shift is whole, as
    far as the window is drawn. Whether the schedule is on makes no difference.
    """
    if rotation.closed_at is not None and rotation.closed_at <= window.since:
        return
    alone = replace(schedule, rotations=(rotation,))
    held: Shift | None = None
    start = window.drawn_from
    while start < window.drawn_to:
        end = min(start + PIECE, window.drawn_to)
        for shift in shifts_between(alone, start, end, overrides, forwardings):
            if held is not None and held.end == shift.start and held.participant == shift.participant:
                held = replace(held, end=shift.end)
                continue
            if held is not None and held.end > window.since:
                yield held
            if shift.start >= window.until:
                return
            held = shift
        yield None
        start = end
    if held is not None and held.end > window.since:
        yield held


def _time(at: datetime) -> str:
    return f"{(at - _EPOCH) // _MICROSECOND:0{TIME_DIGITS}x}"


@lru_cache(maxsize=1024)
def _digits(text: str, count: int) -> str:
    return sha256(text.encode()).hexdigest()[:count]
