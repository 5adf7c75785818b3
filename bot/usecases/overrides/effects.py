"""What an override changes: whom it replaces and when, what it lies over, and who has the duty by forwarding."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.engines.rotation import Forwarding, Override, Participant, Rotation, RotationTimeline, timeline
from bot.queries import forwardings
from bot.queries.naming import Naming, naming
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.vocabulary import ParticipantKind

DRAWN = timedelta(days=62)
"""How much of a long override is looked at, to tell whom it replaces."""
MANY = 5
DRAWN_OF_MANY = timedelta(days=14)
"""The same over so many rotations or more: whoever lays it waits, and hourly turns of fifty would be 70,000."""


@dataclass(frozen=True, slots=True)
class Laid:
    """An override that is right in itself. Without rotation ids it lies over all rotations, those to come included."""

    participant: Participant
    start: datetime
    end: datetime
    rotation_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A team or an escalation; `name` None: it is gone."""

    kind: ParticipantKind
    name: str | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which the same one would be on call without the override: a person, a group, or else nobody."""

    rotation: str
    start: datetime
    end: datetime
    person: Person | None
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class Covered:
    """An override that would lie under the new one, in part at least. Without person and group it puts nobody."""

    id: str
    person: Person | None
    start: datetime
    end: datetime
    by: Person | None
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What an override changes, rotation by rotation and as far as DRAWN, or DRAWN_OF_MANY.

    `stretches` are the times in which somebody else, or nobody, would be on call; `is_on_anyway`: in a part of it the
    same one would be. `heirs` have its duty by forwarding, for a part of it at least.
    """

    stretches: tuple[Stretch, ...]
    covered: tuple[Covered, ...]
    is_on_anyway: bool
    heirs: tuple[Person, ...]

    @property
    def replaced(self) -> tuple[Person, ...]:
        """Whom it replaces, each once, in order of time."""
        return replaced_in(self.stretches)


def replaced_in(stretches: Iterable[Stretch]) -> tuple[Person, ...]:
    """The people of these, each once, in order of time."""
    return tuple({each.person.id: each.person for each in stretches if each.person}.values())


def open_rotations(watched: Watched, at: datetime) -> list[Rotation]:
    """The rotations of a schedule that an override beginning then can name: those not closed by then."""
    return [each for each in watched.schedule.rotations if each.closed_at is None or each.closed_at > at]


async def effect_of(reading: Reading, watched: Watched, laid: Laid) -> Effect:
    """What this changes when it is laid over all that lies over the schedule as it is given."""
    within = frozenset(laid.rotation_ids or (each.id for each in open_rotations(watched, laid.start)))
    end = min(laid.end, laid.start + (DRAWN if len(within) < MANY else DRAWN_OF_MANY))
    seen = replace(laid, end=end)
    passing = await forwardings.all_around(reading, laid.start)
    over = [each for each in watched.schedule.rotations if each.id in within]
    drawn = [each async for each in _drawn(watched, over, seen, watched.overrides, passing)]
    pieces = _merged(piece for each in drawn for piece in _pieces(each, laid.start, end))
    under = [each for each in watched.overrides if _lies_under(each, laid, within)]
    heirs = await _heirs(watched, over, seen, passing)
    known = await naming(
        reading,
        [
            *(who for *_, who in pieces if who),
            *(each.participant for each in under),
            *(Participant(ParticipantKind.USER, each.created_by) for each in under),
            *heirs,
        ],
    )
    return Effect(
        stretches=tuple(
            Stretch(rotation, start, until, _person(who, known), _group(who, known))
            for rotation, start, until, who in pieces
            if who != laid.participant
        ),
        covered=tuple(_covered(each, known) for each in under),
        is_on_anyway=any(who == laid.participant for *_, who in pieces),
        heirs=tuple(person for each in heirs if (person := _person(each, known))),
    )


async def _heirs(
    watched: Watched, over: Iterable[Rotation], laid: Laid, links: Sequence[Forwarding]
) -> list[Participant]:
    """Who has the duty of whom the override puts, each once, in order of time."""
    if all(each.from_user != laid.participant.id for each in links):
        return []
    above = max((each.sequence for each in watched.overrides), default=0) + 1
    new = Override("", laid.participant, laid.start, laid.end, frozenset(laid.rotation_ids), above)
    rows = (*watched.overrides, new)
    found: dict[Participant, None] = {}
    async for rotation in _drawn(watched, over, laid, rows, links):
        of_new = (each for each in rotation.final if each.why.override is new and each.why.forwarded)
        found |= dict.fromkeys(each.participant for each in of_new)
    return list(found)


async def _drawn(
    watched: Watched,
    rotations: Iterable[Rotation],
    laid: Laid,
    overrides: Sequence[Override],
    links: Sequence[Forwarding],
) -> AsyncIterator[RotationTimeline]:
    """These rotations one by one for the time of an override: others are served in between."""
    for rotation in rotations:
        await asyncio.sleep(0)
        alone = replace(watched.schedule, rotations=(rotation,))
        yield timeline(alone, laid.start, laid.end, overrides, links).rotations[0]


_Piece = tuple[str, datetime, datetime, Participant | None]
"""A rotation's name, from when until when, and who is on call then; None: nobody."""


def _pieces(drawn: RotationTimeline, start: datetime, end: datetime) -> Iterator[_Piece]:
    """Who is on call in a rotation from `start` to `end` without a hole, gaps included."""
    since = start
    for segment in drawn.final:
        if since < segment.start:
            yield drawn.rotation_name, since, segment.start, None
        yield drawn.rotation_name, segment.start, segment.end, segment.participant
        since = segment.end
    if since < end:
        yield drawn.rotation_name, since, end, None


def _merged(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Neighbours of one rotation with the same one on call as one."""
    merged: list[_Piece] = []
    for name, start, end, who in pieces:
        if merged and (merged[-1][0], merged[-1][2], merged[-1][3]) == (name, start, who):
            merged[-1] = (name, merged[-1][1], end, who)
        else:
            merged.append((name, start, end, who))
    return merged


def _lies_under(override: Override, laid: Laid, within: Collection[str]) -> bool:
    overlaps = override.start < laid.end and laid.start < override.end and override.start < override.end
    return overlaps and (not override.rotation_ids or not override.rotation_ids.isdisjoint(within))


def _covered(override: Override, known: Naming) -> Covered:
    who, maker = override.participant, override.created_by
    return Covered(
        id=override.id,
        person=_person(who, known),
        start=override.start,
        end=override.end,
        by=known.people.get(maker or ""),
        group=_group(who, known),
    )


def _person(who: Participant | None, known: Naming) -> Person | None:
    return known.people.get(who.id or "") if who and who.kind is ParticipantKind.USER else None


def _group(who: Participant | None, known: Naming) -> Group | None:
    if who is None or who.kind in {ParticipantKind.USER, ParticipantKind.NONE}:
        return None
    return Group(who.kind, known.of(who))
