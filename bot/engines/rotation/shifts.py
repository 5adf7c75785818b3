"""What a person sees: shifts without a break, until when, who is next, and how long a gap lasts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from bot.engines.rotation.base import reigns
from bot.engines.rotation.resolver import Course, courses_of, final_at, held_between, on_call_by
from bot.engines.rotation.schedules import NOBODY, Forwarding, Override, Participant, Schedule
from bot.engines.rotation.segments import Segment, Shift
from bot.vocabulary import ParticipantKind

HORIZON = timedelta(days=731)
"""How far ahead and back is looked for a change; what lies beyond is “no end in sight”."""
MOST_LOOKED_AT = 20_000
"""Shifts of all rotations together: what comes after so many is not in sight either. Two years of one-hour turns."""
_SHORT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RotationStanding:
    """One rotation at an instant.

    `now`: the segment that holds, None for nobody. `until`: the end of the shift it belongs to; None when nobody is on
    call or no end is in sight. `following`: the first segment of the next shift, which may be the same person's after a
    break. `next_other`: that of the next shift of somebody else. Either is None when there is none in sight.
    """

    rotation_id: str
    rotation_name: str
    now: Segment | None
    until: datetime | None
    following: Segment | None
    next_other: Segment | None


@dataclass(frozen=True, slots=True)
class Change:
    """A moment at which the set of those on call becomes another, and who they are then (nobody: empty)."""

    at: datetime
    people: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A schedule at an instant: who, rotation by rotation, the next change, and since when there is a gap, if there is.

    `change` None: no change in sight. `gap_since` None: somebody is on call, or nobody ever was as far as can be seen.
    In a gap `change` is when the next cover begins and who it is. A schedule that is off has nothing of all this.
    """

    people: tuple[Segment, ...]
    rotations: tuple[RotationStanding, ...]
    change: Change | None
    gap_since: datetime | None

    @property
    def is_gap(self) -> bool:
        """Whether nobody is on call."""
        return not self.people


def shifts_between(
    schedule: Schedule,
    start: datetime,
    end: datetime,
    overrides: Iterable[Override] = (),
    forwardings: Iterable[Forwarding] = (),
) -> Iterator[Shift]:
    """The shifts in [start, end), by rotation and in order, cut at both ends, lazily; also of a schedule that is off.

    Of a timeline's final segments those of one participant that touch are one. Turns that change nothing cost nothing.
    """
    for course in courses_of(schedule, overrides, forwardings):
        yield from _merged(held_between(course, start, end))


def standing(
    schedule: Schedule,
    t: datetime,
    overrides: Iterable[Override] = (),
    forwardings: Iterable[Forwarding] = (),
) -> Standing:
    """Who is on call at `t`, until when, who is next, and in a gap since when.

    Nothing is looked for further than needed, nor beyond `HORIZON` or `MOST_LOOKED_AT` shifts. Overrides and
    forwardings as for `on_call`.
    """
    if not schedule.is_on(t):
        return Standing((), (), None, None)
    courses = courses_of(schedule.while_on, overrides, forwardings)
    people = on_call_by(courses, t)
    return Standing(
        people,
        tuple(_standing_of(course, t, look_at=_share(courses)) for course in courses),
        _next_change(courses, t),
        None if people else _gap_since(courses, t),
    )


def next_change(
    schedule: Schedule,
    t: datetime,
    overrides: Iterable[Override] = (),
    forwardings: Iterable[Forwarding] = (),
) -> Change | None:
    """The first moment after `t` at which the set of those on call is another; None when none is in sight."""
    if not schedule.is_on(t):
        return None
    return _next_change(courses_of(schedule.while_on, overrides, forwardings), t)


def _next_change(courses: Sequence[Course], t: datetime) -> Change | None:
    streams = [_shifts_from(course, t) for course in courses]
    heads = [next(stream, None) for stream in streams]
    present = _people_of(heads, t)
    moment = t
    for _ in range(_share(courses)):
        moment = min((_next_boundary(head, moment) for head in heads if head), default=t + HORIZON)
        if moment >= t + HORIZON:
            return None
        for place, stream in enumerate(streams):
            head = heads[place]
            if head is not None and head.end <= moment:
                heads[place] = next(stream, None)
        if _people_of(heads, moment) != present:
            return Change(moment, on_call_by(courses, moment))
    return None


def _share(courses: Sequence[Course]) -> int:
    """How many shifts of each rotation are looked at."""
    return MOST_LOOKED_AT // max(len(courses), 1)


def _next_boundary(shift: Shift, moment: datetime) -> datetime:
    return shift.end if shift.start <= moment else shift.start


def _people_of(heads: Iterable[Shift | None], moment: datetime) -> set[Participant]:
    return {head.participant for head in heads if head is not None and head.start <= moment}


def _gap_since(courses: Sequence[Course], t: datetime) -> datetime | None:
    """The end of the last cover before `t`, looked for in steps that double, so that a short gap is cheap."""
    end, step = t, _SHORT
    while end > t - HORIZON:
        start = max(end - step, t - HORIZON)
        if _is_covered(courses, start, end):
            return _last_end(courses, start, end)
        end, step = start, 2 * step
    return None


def _last_end(courses: Sequence[Course], start: datetime, end: datetime) -> datetime:
    """The end of the last cover in a time that has some, looked for in halves, so that only a short time is drawn."""
    while end - start > _SHORT:
        middle = start + (end - start) / 2
        if _is_covered(courses, middle, end):
            start = middle
        else:
            end = middle
    return max(segment.end for course in courses for segment in held_between(course, start, end))


def _is_covered(courses: Iterable[Course], start: datetime, end: datetime) -> bool:
    return any(True for course in courses for _ in held_between(course, start, end))


def _merged(segments: Iterable[Segment]) -> Iterator[Shift]:
    held: Shift | None = None
    for segment in segments:
        if held is not None and held.end == segment.start and held.participant == segment.participant:
            held = replace(held, end=segment.end)
            continue
        if held is not None:
            yield held
        why = segment.why
        held = Shift(why.rotation_id, why.rotation_name, segment.participant, segment.start, segment.end)
    if held is not None:
        yield held


def _shifts_from(course: Course, t: datetime) -> Iterator[Shift]:
    """The shifts from `t` to the horizon, lazily, cut at both."""
    return _merged(held_between(course, t, t + HORIZON))


def _standing_of(course: Course, t: datetime, *, look_at: int) -> RotationStanding:
    now = final_at(course, t)
    to_come = _shifts_from(course, t)
    present = next(to_come, None) if now is not None else None
    until = present.end if present is not None and present.end < t + HORIZON else None
    following = other = next(to_come, None)
    if now is not None and following is not None and following.participant == now.participant:
        is_alone = _may_come(course, t) <= {now.participant}
        in_sight = () if is_alone else islice(to_come, look_at)
        other = next((shift for shift in in_sight if shift.participant != now.participant), None)
    return RotationStanding(
        course.rotation.id,
        course.rotation.name,
        now=now,
        until=until,
        following=None if following is None else final_at(course, following.start),
        next_other=None if other is None else final_at(course, other.start),
    )


def _may_come(course: Course, t: datetime) -> set[Participant]:
    """Everybody who can be on call in this rotation from `t` on: spares a walk that could find nobody."""
    alive = [reign for reign in reigns(course.rotation) if reign.end > t]
    people = {participant for reign in alive for participant in reign.version.rule.participants}
    people |= {row.participant for row in course.overrides if row.end > t}
    links = (row for rows in course.forwardings.values() for row in rows if row.end > t)
    people |= {Participant(ParticipantKind.USER, link.to_user) for link in links}
    return people - {NOBODY}
