"""Forwarding: a user's duty passes to another, along a chain, never round a loop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.engines.rotation.layers import visible_at, visible_between
from bot.engines.rotation.schedules import Forwarding, Participant
from bot.engines.rotation.segments import Segment
from bot.vocabulary import ParticipantKind

ByUser = Mapping[str, tuple[Forwarding, ...]]


def by_user(forwardings: Iterable[Forwarding]) -> ByUser:
    """Forwardings by the user whose duty they pass on; empty ones are left out."""
    found: dict[str, tuple[Forwarding, ...]] = {}
    for row in forwardings:
        if row.start < row.end:
            found[row.from_user] = (*found.get(row.from_user, ()), row)
    return found


def stand_in(user: str, forwardings: ByUser, instant: datetime) -> str:
    """Who has a user's duty at an instant: the end of the chain, or the last before it comes round again."""
    passed = {user}
    while True:
        link = visible_at(forwardings.get(user, ()), instant)
        if link is None or link.to_user in passed:
            return user
        user = link.to_user
        passed.add(user)


def passed_on(segment: Segment, forwardings: ByUser) -> Iterator[Segment]:
    """A segment cut where forwardings of its user begin and end, each piece with whoever has the duty then."""
    who = segment.participant
    if who.kind is not ParticipantKind.USER or who.id is None or who.id not in forwardings:
        yield segment
        return
    for stretch in _follow(_Stretch(segment.start, segment.end, who.id, ()), forwardings):
        yield _as_segment(stretch, segment)


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: datetime
    end: datetime
    user: str
    chain: tuple[Forwarding, ...]

    def would_come_round(self, user: str) -> bool:
        return user == self.user or any(link.from_user == user for link in self.chain)


def _follow(stretch: _Stretch, forwardings: ByUser) -> Iterator[_Stretch]:
    since = stretch.start
    for seen in visible_between(forwardings.get(stretch.user, ()), stretch.start, stretch.end):
        if stretch.would_come_round(seen.row.to_user):
            continue
        if since < seen.start:
            yield replace(stretch, start=since, end=seen.start)
        yield from _follow(_Stretch(seen.start, seen.end, seen.row.to_user, (*stretch.chain, seen.row)), forwardings)
        since = seen.end
    if since < stretch.end:
        yield replace(stretch, start=since)


def _as_segment(stretch: _Stretch, segment: Segment) -> Segment:
    if not stretch.chain:
        return replace(segment, start=stretch.start, end=stretch.end)
    heir = Participant(ParticipantKind.USER, stretch.user)
    return Segment(stretch.start, stretch.end, heir, replace(segment.why, forwarded=stretch.chain))
