"""The turns of a rotation as its windows and its history cut them, before anything is laid over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.engines.rotation.schedules import NOBODY, Participant, Rotation, RotationVersion
from bot.engines.rotation.segments import Reason, Segment
from bot.engines.rotation.turns import FOREVER, Turn, Turns
from bot.engines.rotation.windows import Windows

_BEGINNING = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Reign:
    """The time [start, end) in which a version of a rotation decides; `number` is its place in the rotation."""

    number: int
    version: RotationVersion
    start: datetime
    end: datetime


def reigns(rotation: Rotation) -> Iterator[Reign]:
    """The versions that ever decide, in order: cut by the versions after them, by their rule's start and end and by
    the rotation's own end.
    """
    versions = rotation.versions
    closed_at = rotation.closed_at or FOREVER
    for number, version in enumerate(versions):
        following = versions[number + 1].holds_from if number + 1 < len(versions) else None
        start = max(version.holds_from or _BEGINNING, version.rule.start)
        end = min(following or FOREVER, version.rule.end or FOREVER, closed_at)
        if start < end:
            yield Reign(number, version, start, end)


def base_at(rotation: Rotation, zone: ZoneInfo, instant: datetime) -> Segment | None:
    """The whole base segment that holds at an instant; None outside windows, versions and on a turn of `none`."""
    for reign in reigns(rotation):
        if reign.start <= instant < reign.end:
            return _segment_at(rotation, reign, reign.version.zone or zone, instant)
    return None


def base_between(rotation: Rotation, zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[Segment]:
    """The base segments of [start, end), in order, cut at both ends: lazily, and no dearer far from the start."""
    return (each for each in in_force_between(rotation, zone, start, end) if not each.participant.is_nobody)


def merged_base_between(
    rotation: Rotation,
    zone: ZoneInfo,
    start: datetime,
    end: datetime,
    heir: Callable[[Participant], Participant],
) -> Iterator[Segment]:
    """The same where `heir` says who has whose duty in that time: as long as one has everybody's, as one turn.

    Such a segment is that of the turn running at its beginning, only longer; nothing under it is walked through.
    """
    for reign in reigns(rotation):
        cut_start, cut_end = max(start, reign.start), min(end, reign.end)
        if cut_start >= cut_end:
            continue
        own = reign.version.zone or zone
        heirs = {heir(each) for each in reign.version.rule.participants}
        if len(heirs) > 1:
            segments = _segments_between(rotation, reign, own, cut_start, cut_end)
            yield from (each for each in segments if not each.participant.is_nobody)
        elif heirs != {NOBODY}:
            why_of = Turns(reign.version, own)
            for since, until in _windows_between(reign.version, own, cut_start, cut_end):
                turn = why_of.at(since)
                yield Segment(since, until, turn.participant, _reason(rotation, reign, turn))


def in_force_between(rotation: Rotation, zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[Segment]:
    """The same with the turns of `none`, as far as windows let them be."""
    for reign in reigns(rotation):
        cut_start, cut_end = max(start, reign.start), min(end, reign.end)
        if cut_start < cut_end:
            yield from _segments_between(rotation, reign, reign.version.zone or zone, cut_start, cut_end)


def _segment_at(rotation: Rotation, reign: Reign, zone: ZoneInfo, instant: datetime) -> Segment | None:
    start, end = reign.start, reign.end
    restriction = reign.version.rule.restriction
    if restriction is not None and not restriction.is_whole_week:
        window = Windows(restriction, zone).at(instant)
        if window is None:
            return None
        start, end = max(start, window[0]), min(end, window[1])
    turn = Turns(reign.version, zone).at(instant)
    if turn.participant.is_nobody:
        return None
    return Segment(max(start, turn.start), min(end, turn.end), turn.participant, _reason(rotation, reign, turn))


def _segments_between(
    rotation: Rotation, reign: Reign, zone: ZoneInfo, start: datetime, end: datetime
) -> Iterator[Segment]:
    turns = Turns(reign.version, zone)
    turn: Turn | None = None
    for in_force, out_of_force in _windows_between(reign.version, zone, start, end):
        since = in_force
        while since < out_of_force:
            if turn is None or turn.end <= since:
                turn = turns.after(turn) if turn is not None and turn.end == since else turns.at(since)
                why = _reason(rotation, reign, turn)
            until = min(turn.end, out_of_force)
            yield Segment(since, until, turn.participant, why)
            since = until


def _windows_between(
    version: RotationVersion, zone: ZoneInfo, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    restriction = version.rule.restriction
    if restriction is None or restriction.is_whole_week:
        yield start, end
        return
    for in_force, out_of_force in Windows(restriction, zone).since(start):
        if in_force >= end:
            return
        yield max(in_force, start), min(out_of_force, end)


def _reason(rotation: Rotation, reign: Reign, turn: Turn) -> Reason:
    return Reason(rotation.id, rotation.name, reign.number, turn.number)
