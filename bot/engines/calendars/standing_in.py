"""When a person is on call because a team or an escalation is: for those, whom it stands for changes by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TypeAlias

from bot.engines.rotation import (
    Directory,
    Override,
    Participant,
    Recipient,
    Schedule,
    Shift,
    people_of,
    turning_points_one_by_one,
)
from bot.vocabulary import ParticipantKind

PIECE = timedelta(days=7)
"""What is looked through at a time."""
Span: TypeAlias = tuple[datetime, datetime]


def participants_in(schedule: Schedule, overrides: Iterable[Override]) -> Iterator[Participant]:
    """Everybody who stands in a roster of a schedule, of any version, or in an override over it."""
    for rotation in schedule.rotations:
        for version in rotation.versions:
            yield from version.rule.participants
    yield from (override.participant for override in overrides)


def may_mean(party: Participant, people: Collection[str], directory: Directory) -> bool:
    """Whether a team or an escalation can come to stand for one of these users, at one time or another."""
    return _leads(party, people, directory, set())


def spans_of(user_id: str, shift: Shift, directory: Directory, *, until: datetime) -> Iterator[Span | None]:
    """The times within a team's or an escalation's shift in which it stands for a user, in order.

    They begin before `until`. None stands for a pause: after every rotation and every moment looked at.
    """
    held: Span | None = None
    start = shift.start
    while start < shift.end and (held is not None or start < until):
        end = min(start + PIECE, shift.end)
        moments = {start, end}
        for several in turning_points_one_by_one(directory, start, end):
            moments |= several
            yield None
        for since, to in pairwise(sorted(moments)):
            if user_id in people_of(shift.participant, since, directory):
                held = (held[0] if held else since, to)
            elif held is not None:
                yield held
                held = None
            yield None
        start = end
    if held is not None:
        yield held


def _leads(who: Participant, people: Collection[str], directory: Directory, seen: set[Participant]) -> bool:
    if who.kind is ParticipantKind.USER:
        return who.id in people
    if who in seen or who.id is None:
        return False
    seen.add(who)
    if who.kind is ParticipantKind.ESCALATION:
        return any(_tells(each, people, directory, seen) for each in directory.first_steps.get(who.id, ()))
    if any(member in people for member in directory.team_members.get(who.id, ())):
        return True
    schedules = directory.team_schedules.get(who.id, ())
    return any(_has(each, people, directory, seen) for each in schedules)


def _tells(recipient: Recipient, people: Collection[str], directory: Directory, seen: set[Participant]) -> bool:
    if any(member in people for member in recipient.members or ()):
        return True
    if isinstance(recipient.who, Schedule):
        return _has(recipient.who, people, directory, seen)
    return _leads(recipient.who, people, directory, seen)


def _has(schedule: Schedule, people: Collection[str], directory: Directory, seen: set[Participant]) -> bool:
    overrides = directory.overrides.get(schedule.id, ())
    return any(_leads(who, people, directory, seen) for who in participants_in(schedule, overrides))
