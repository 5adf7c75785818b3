"""Who is on call: at an instant, and over a time. The two questions that everything else is asked through."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from bot.engines.rotation.base import base_at, base_between, merged_base_between
from bot.engines.rotation.forwardings import ByUser, by_user, passed_on, stand_in
from bot.engines.rotation.layers import uncovered_around
from bot.engines.rotation.overrides import Base, laid_over, override_at, overrides_between, overrides_of
from bot.engines.rotation.schedules import Forwarding, Override, Participant, Rotation, Schedule
from bot.engines.rotation.segments import RotationTimeline, Segment, Timeline
from bot.vocabulary import ParticipantKind


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

    Empty in a gap and for a schedule that is off then. `overrides` are the schedule's, `forwardings` everybody's; those
    that lie elsewhere in time do no harm. A segment's ends are exact as far as the rows around it are given. The cost
    does not depend on how long ago a rotation began.
    """
    if not schedule.is_on(t):
        return ()
    return on_call_by(courses_of(schedule.while_on, overrides, forwardings), t)


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
    return _final(course, partial(base_between, course.rotation, course.zone), start, end)


def held_between(course: Course, start: datetime, end: datetime) -> Iterator[Segment]:
    """The same for who asks only who has it when: turns that change nothing are not told apart, nor walked through.

    So of many turns on end the reason is that of the first.
    """
    return _final(course, partial(_held, course), start, end)


def _uncovered_base_at(course: Course, t: datetime) -> Segment | None:
    """The base segment at an instant free of overrides, as far as they leave it uncovered."""
    segment = base_at(course.rotation, course.zone, t)
    if segment is None or not course.overrides:
        return segment
    start, end = uncovered_around(course.overrides, t, segment.start, segment.end)
    return Segment(start, end, segment.participant, segment.why)


def _final(course: Course, base: Base, start: datetime, end: datetime) -> Iterator[Segment]:
    for segment in laid_over(base, overrides_between(course.rotation, course.overrides, start, end), start, end):
        if segment.participant.is_nobody:
            continue
        if course.forwardings:
            yield from passed_on(segment, course.forwardings)
        else:
            yield segment


def _held(course: Course, start: datetime, end: datetime) -> Iterator[Segment]:
    """The base, as long turns as forwardings leave them: of a time in which one of the roster has everybody's duty."""
    links = _links_of(course)
    moments = sorted({start, end, *(at for row in links for at in (row.start, row.end) if start < at < end)})
    for since, until in pairwise(moments):
        yield from merged_base_between(
            course.rotation, course.zone, since, until, partial(_heir, course.forwardings, since)
        )


def _links_of(course: Course) -> list[Forwarding]:
    """The forwardings of everybody in the rosters, and of all to whom the duty comes by them."""
    waiting = [each.id for version in course.rotation.versions for each in version.rule.participants]
    seen: set[str | None] = set()
    found: list[Forwarding] = []
    while waiting:
        user = waiting.pop()
        if user is not None and user not in seen:
            links = course.forwardings.get(user, ())
            found += links
            waiting += [link.to_user for link in links]
        seen.add(user)
    return found


def _heir(forwardings: ByUser, t: datetime, who: Participant) -> Participant:
    if who.kind is not ParticipantKind.USER or who.id is None:
        return who
    return Participant(ParticipantKind.USER, stand_in(who.id, forwardings, t))


def _drawn(course: Course, start: datetime, end: datetime) -> RotationTimeline:
    rotation = course.rotation
    base = tuple(base_between(rotation, course.zone, start, end))
    on_top = tuple(overrides_between(rotation, course.overrides, start, end))
    final = tuple(_final(course, partial(_cut, base) if on_top else lambda *_: base, start, end))
    return RotationTimeline(rotation.id, rotation.name, base, on_top, final)


def _cut(drawn: Sequence[Segment], start: datetime, end: datetime) -> Iterator[Segment]:
    """What lies in [start, end) of segments in order, cut at both ends."""
    first = bisect_right(drawn, start, key=lambda each: each.end)
    for segment in islice(drawn, first, None):
        if segment.start >= end:
            return
        if start <= segment.start and segment.end <= end:
            yield segment
        else:
            since, until = max(start, segment.start), min(end, segment.end)
            yield Segment(since, until, segment.participant, segment.why)


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
