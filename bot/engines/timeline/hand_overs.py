"""Who was on call while an incident went on: at its beginning, and at every change until its end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.engines.rotation import (
    Directory,
    Schedule,
    Segment,
    duties_of,
    people_among,
    timeline,
    turning_points,
)
from bot.vocabulary import ParticipantKind

MOST_CHANGES = 50
LONGEST = timedelta(days=31)
"""Later changes are not looked for: what goes on longer is no incident that somebody is woken for."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """The users on call by a schedule from an instant on; nobody: empty. `is_first`: they were as it began."""

    at: datetime
    schedule: str
    people: tuple[str, ...]
    is_first: bool


@dataclass(frozen=True, slots=True)
class HandOvers:
    """In the order of time. `left_out` counts the changes beyond MOST_CHANGES, the first of which was at `left_at`.

    `everybody` are all users who were on call at some time of it.
    """

    items: tuple[HandOver, ...] = ()
    left_out: int = 0
    left_at: datetime | None = None
    everybody: frozenset[str] = frozenset()


def hand_overs(schedules: Iterable[Schedule], directory: Directory, *, start: datetime, end: datetime) -> HandOvers:
    """Who was on call in [start, end) by these schedules, of which `directory` holds the overrides.

    A schedule that was off as it began and that nobody was on call by is left out; a gap is told. Of more than LONGEST
    the first part is looked at. Start and end being one, those on call then are told.
    """
    until = min(max(end, start), start + LONGEST)
    found = [each for schedule in schedules for each in _of_one(schedule, directory, start, until)]
    found.sort(key=lambda each: (each.at, each.schedule))
    changes = [each for each in found if not each.is_first]
    left = changes[MOST_CHANGES:]
    return HandOvers(
        items=(*(each for each in found if each.is_first), *changes[:MOST_CHANGES]),
        left_out=len(left),
        left_at=left[0].at if left else None,
        everybody=frozenset(user for each in found for user in each.people),
    )


def _of_one(schedule: Schedule, directory: Directory, start: datetime, end: datetime) -> Iterator[HandOver]:
    """What one schedule says; it is drawn a moment longer, so that an incident without length has who was on call."""
    drawn_until = max(end, start + timedelta(seconds=1))
    overrides = directory.overrides.get(schedule.id, ())
    drawn = timeline(schedule.while_on, start, drawn_until, overrides, directory.forwardings)
    rows = [row.final for row in drawn.rotations]
    pieces = [piece for row in rows for piece in row]
    if not pieces and not schedule.is_on(start):
        return
    moments = {start, *(at for piece in pieces for at in (piece.start, piece.end) if start < at < end)}
    if any(piece.participant.kind is not ParticipantKind.USER for piece in pieces):
        moments.update(turning_points(directory, start, end))
    before: frozenset[str] | None = None
    for at in sorted(moments):
        on_call = people_among(duties_of(schedule, _at(rows, at), at, directory))
        if before is None or frozenset(on_call) != before:
            yield HandOver(at, schedule.name, on_call, is_first=before is None)
        before = frozenset(on_call)


def _at(rows: Sequence[Sequence[Segment]], at: datetime) -> list[Segment]:
    """The segments that hold at an instant, one of a rotation at most."""
    found = []
    for row in rows:
        place = bisect_right(row, at, key=lambda each: each.start) - 1
        if place >= 0 and at < row[place].end:
            found.append(row[place])
    return found
