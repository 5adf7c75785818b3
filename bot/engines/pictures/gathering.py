"""From a schedule's timeline to what is drawn of it: whose bars, where nobody is on call, and who is right now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from bot.engines.pictures.palette import colours
from bot.engines.pictures.period import Period
from bot.engines.pictures.values import Bar, Lane, Mark, Picture, Piece, Standing, Who
from bot.engines.rotation import (
    Forwarding,
    Override,
    Participant,
    RotationTimeline,
    Schedule,
    Segment,
    next_change,
    standing,
    timeline,
)
from bot.vocabulary import ParticipantKind

NameOf = Callable[[Participant], Who]
"""Names whoever can stand in a roster, also who is gone."""
FINAL = "On call"
_EVER = datetime.min.replace(tzinfo=UTC)
_BEYOND = timedelta(minutes=1)
"""How far outside is looked whether a watch goes on there."""


def everybody(
    schedule: Schedule, overrides: Iterable[Override] = (), forwardings: Iterable[Forwarding] = ()
) -> frozenset[Participant]:
    """All who can ever be on call by a schedule: of any version of it, put on it, and forwarded to."""
    rules = (version.rule for rotation in schedule.rotations for version in rotation.versions)
    found = {who for rule in rules for who in rule.participants} | {row.participant for row in overrides}
    links = tuple(forwardings)
    while True:
        heirs = {
            Participant(ParticipantKind.USER, link.to_user)
            for link in links
            if Participant(ParticipantKind.USER, link.from_user) in found
        }
        if heirs <= found:
            return frozenset(who for who in found if not who.is_nobody)
        found |= heirs


def drawn(
    schedule: Schedule,
    period: Period,
    now: datetime,
    name_of: NameOf,
    *,
    overrides: Sequence[Override] = (),
    forwardings: Sequence[Forwarding] = (),
) -> Picture:
    """What is to be seen of a schedule in a period, drawn at `now`.

    `overrides` are the schedule's and `forwardings` everybody's; those that lie elsewhere in time do no harm. From when
    on a schedule is switched off nobody is on call by it, and the picture says so.
    """
    start, end = period.window(schedule.zone)
    off = None if schedule.enabled else schedule.off_since or _EVER
    on = schedule.while_on
    seen = timeline(on, start - _BEYOND, end + _BEYOND, overrides, forwardings)
    alive = {each.id for each in on.rotations if each.closed_at is None or each.closed_at > start}
    rotations = [each for each in seen.rotations if each.rotation_id in alive]
    final = Lane(
        FINAL if len(rotations) != 1 else rotations[0].rotation_name,
        tuple(_cut(_without_holes(_together(rotations, name_of), rotations, start, end, off=off), start, end)),
        is_final=True,
    )
    lanes = [Lane(each.rotation_name, tuple(_of_one(each, name_of, start, end)), is_final=False) for each in rotations]
    return Picture(
        schedule=schedule.name,
        zone=schedule.zone,
        off_from=off if off and off < end else None,
        period=period,
        now=now,
        standing=_standing(schedule, now, name_of, overrides, forwardings) if start <= now < end else None,
        lanes=(final, *(lanes if len(lanes) > 1 else ())),
        colours=colours(name_of(who).id for who in everybody(schedule, overrides, forwardings)),
    )


def _of_one(rotation: RotationTimeline, name_of: NameOf, start: datetime, end: datetime) -> Iterator[Bar]:
    """A rotation's own bars, and the gaps that overrides make in it."""
    bars = [Bar(each.start, each.end, (_piece(each, name_of),)) for each in rotation.final]
    nobody = [
        Bar(each.start, each.end, (), is_by_override=True) for each in rotation.overrides if each.participant.is_nobody
    ]
    return _cut(_joined(sorted([*bars, *nobody], key=lambda bar: bar.start)), start, end)


def _together(rotations: Sequence[RotationTimeline], name_of: NameOf) -> Iterator[Bar]:
    """The bars of all rotations, cut where somebody comes or goes, everybody in each of them once."""
    segments = [segment for rotation in rotations for segment in rotation.final]
    moments = sorted({moment for each in segments for moment in (each.start, each.end)})
    by_start = sorted(segments, key=lambda each: each.start)
    running: list[Segment] = []
    place = 0
    for since, until in pairwise(moments):
        running = [each for each in running if each.end > since]
        while place < len(by_start) and by_start[place].start <= since:
            running.append(by_start[place])
            place += 1
        if running:
            yield Bar(since, until, _pieces(running, rotations, name_of))


def _pieces(running: Iterable[Segment], rotations: Sequence[RotationTimeline], name_of: NameOf) -> tuple[Piece, ...]:
    order = {rotation.rotation_id: place for place, rotation in enumerate(rotations)}
    found: dict[str, Piece] = {}
    for each in sorted(running, key=lambda segment: order[segment.why.rotation_id]):
        piece = _piece(each, name_of)
        found.setdefault(piece.who.id, piece)
    return tuple(found.values())


def _without_holes(
    bars: Iterable[Bar],
    rotations: Sequence[RotationTimeline],
    start: datetime,
    end: datetime,
    *,
    off: datetime | None,
) -> Iterator[Bar]:
    """The bars, and between them those in which nobody is on call; `off`: from when on nobody can be."""
    nobody = [row for rotation in rotations for row in rotation.overrides if row.participant.is_nobody]
    since = start - _BEYOND
    for bar in _joined(bars):
        if since < bar.start:
            yield from _gaps(since, bar.start, nobody, off=off)
        yield bar
        since = bar.end
    if since < end + _BEYOND:
        yield from _gaps(since, end + _BEYOND, nobody, off=off)


def _gaps(start: datetime, end: datetime, nobody: Iterable[Segment], *, off: datetime | None) -> Iterator[Bar]:
    """A gap, cut where overrides begin and end to say that there is to be one, and where the schedule goes off."""
    said = [(max(row.start, start), min(row.end, end)) for row in nobody if row.start < end and row.end > start]
    switched = {off} if off and start < off < end else set()
    moments = sorted({start, end, *switched, *(moment for span in said for moment in span)})
    pieces = (
        Bar(
            since,
            until,
            (),
            is_by_override=any(first <= since and until <= last for first, last in said),
            is_off=off is not None and off <= since,
        )
        for since, until in pairwise(moments)
    )
    return _joined(pieces)


def _joined(bars: Iterable[Bar]) -> Iterator[Bar]:
    """Touching bars that say the same made one: a turn that follows the same person's is no hand-over."""
    held: Bar | None = None
    for bar in bars:
        if held and held.end == bar.start and _says(held) == _says(bar):
            held = replace(held, end=bar.end)
            continue
        if held:
            yield held
        held = bar
    if held:
        yield held


def _says(bar: Bar) -> object:
    return bar.pieces, bar.is_by_override, bar.is_off


def _cut(bars: Iterable[Bar], start: datetime, end: datetime) -> Iterator[Bar]:
    for bar in bars:
        if bar.end > start and bar.start < end:
            yield replace(
                bar,
                start=max(bar.start, start),
                end=min(bar.end, end),
                begins_earlier=bar.start < start,
                ends_later=bar.end > end,
            )


def _piece(segment: Segment, name_of: NameOf) -> Piece:
    marks = {Mark.OVERRIDE: segment.why.override, Mark.FORWARDED: segment.why.forwarded}
    came_from = segment.why.forwarded_from
    return Piece(
        name_of(segment.participant),
        frozenset(mark for mark, holds in marks.items() if holds),
        name_of(Participant(ParticipantKind.USER, came_from)) if came_from else None,
    )


def _standing(
    schedule: Schedule,
    now: datetime,
    name_of: NameOf,
    overrides: Sequence[Override],
    forwardings: Sequence[Forwarding],
) -> Standing:
    stand = standing(schedule, now, overrides, forwardings)
    until = {rotation.rotation_id: rotation.until for rotation in stand.rotations}
    holders = tuple((name_of(each.participant), until[each.why.rotation_id]) for each in stand.people)
    cover = None if holders else next_change(schedule, now, overrides, forwardings)
    return Standing(holders, cover.at if cover else None)
