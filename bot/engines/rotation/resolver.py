"""Who is on call: at an instant, and over a time. The two questions that everything else is asked through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.engines.rotation.base import base_at, base_between
from bot.engines.rotation.forwardings import ByUser, by_user, passed_on
from bot.engines.rotation.layers import uncovered_around
from bot.engines.rotation.overrides import laid_over, override_at, overrides_between, overrides_of
from bot.engines.rotation.schedules import Forwarding, Override, Participant, Rotation, Schedule
from bot.engines.rotation.segments import RotationTimeline, Segment, Timeline


@dataclass(frozen=True, slots=True)
class Course:
    """One rotation with all that decides about it: its zone, the overrides over it, everybody's forwardings."""

    rotation: Rotation
    zone: ZoneInfo
    overrides: Sequence[Override]
    forwardings: ByUser


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why somebody is on call in one rotation: the segment that holds, and what lies under an override.

    `segment` None: nobody, since an override says so or turns and windows leave a gap. `base`: who would be on call
    without override and forwarding. `override`: the one on top, also when it puts nobody.
    """

    rotation_id: str
    rotation_name: str
    segment: Segment | None
    base: Segment | None
    override: Override | None


def on_call(
    schedule: Schedule,
    t: datetime,
    overrides: Iterable[Override] = (),
    forwardings: Iterable[Forwarding] = (),
) -> tuple[Segment, ...]:
    """Everybody on call at `t`: the whole segments that contain it, in rotation order, each participant once.

    Empty in a gap and for a schedule that is off. `overrides` are the schedule's, `forwardings` everybody's; those that
    lie elsewhere in time do no harm. A segment's ends are exact as far as the rows around it are given. The cost does
    not depend on how long ago a rotation began.
    """
    if not schedule.enabled:
        return ()
    return on_call_by(courses_of(schedule, overrides, forwardings), t)


def timeline(
    schedule: Schedule,
    start: datetime,
    end: datetime,
    overrides: Iterable[Override] = (),
    forwardings: Iterable[Forwarding] = (),
) -> Timeline:
    """Every rotation's segments in [start, end), also of a schedule that is off. Empty for end <= start.

    The cost is that of the segments returned, however long ago a rotation began.
    """
    courses = courses_of(schedule, overrides, forwardings)
    return Timeline(start, end, tuple(_drawn(course, start, end) for course in courses))


def explain(
    schedule: Schedule,
    t: datetime,
    overrides: Iterable[Override] = (),
    forwardings: Iterable[Forwarding] = (),
) -> tuple[Explanation, ...]:
    """For every rotation not closed by `t` who is on call, and whom an override replaces. Whether the schedule is on or
    off makes no difference.
    """
    courses = courses_of(schedule, overrides, forwardings)
    return tuple(_explained(course, t) for course in courses if not _is_closed(course.rotation, t))


def courses_of(
    schedule: Schedule, overrides: Iterable[Override], forwardings: Iterable[Forwarding]
) -> tuple[Course, ...]:
    """The rotations of a schedule, each with what lies over it."""
    rows, passing = tuple(overrides), by_user(forwardings)
    zone = schedule.zone
    return tuple(Course(rotation, zone, overrides_of(rotation, rows), passing) for rotation in schedule.rotations)


def on_call_by(courses: Iterable[Course], t: datetime) -> tuple[Segment, ...]:
    """Everybody on call at `t` in some of the rotations, each participant once."""
    found: dict[Participant, Segment] = {}
    for course in courses:
        segment = final_at(course, t)
        if segment is not None:
            found.setdefault(segment.participant, segment)
    return tuple(found.values())


def final_at(course: Course, t: datetime) -> Segment | None:
    """One rotation's final segment at `t`, whole; None in a gap."""
    if _is_closed(course.rotation, t):
        return None
    segment = override_at(course.rotation, course.overrides, t) or _uncovered_base_at(course, t)
    if segment is None or segment.participant.is_nobody:
        return None
    if not course.forwardings:
        return segment
    return next(piece for piece in passed_on(segment, course.forwardings) if t < piece.end)


def final_between(course: Course, start: datetime, end: datetime) -> Iterator[Segment]:
    """One rotation's final segments in [start, end), lazily and in order."""
    base = base_between(course.rotation, course.zone, start, end)
    return _final(base, overrides_between(course.rotation, course.overrides, start, end), course.forwardings)


def _uncovered_base_at(course: Course, t: datetime) -> Segment | None:
    """The base segment at an instant free of overrides, as far as they leave it uncovered."""
    segment = base_at(course.rotation, course.zone, t)
    if segment is None or not course.overrides:
        return segment
    start, end = uncovered_around(course.overrides, t, segment.start, segment.end)
    return Segment(start, end, segment.participant, segment.why)


def _final(base: Iterable[Segment], overrides: Sequence[Segment], forwardings: ByUser) -> Iterator[Segment]:
    for segment in laid_over(base, overrides) if overrides else base:
        if segment.participant.is_nobody:
            continue
        if forwardings:
            yield from passed_on(segment, forwardings)
        else:
            yield segment


def _drawn(course: Course, start: datetime, end: datetime) -> RotationTimeline:
    rotation = course.rotation
    base = tuple(base_between(rotation, course.zone, start, end))
    on_top = overrides_between(rotation, course.overrides, start, end)
    final = tuple(_final(base, on_top, course.forwardings))
    return RotationTimeline(rotation.id, rotation.name, base, tuple(on_top), final)


def _explained(course: Course, t: datetime) -> Explanation:
    rotation = course.rotation
    top = override_at(rotation, course.overrides, t)
    return Explanation(
        rotation.id,
        rotation.name,
        segment=final_at(course, t),
        base=base_at(rotation, course.zone, t),
        override=None if top is None else top.why.override,
    )


def _is_closed(rotation: Rotation, t: datetime) -> bool:
    return rotation.closed_at is not None and rotation.closed_at <= t
