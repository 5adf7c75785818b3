"""What an override would come to: asked before it counts, and once more when it is to count."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from bot.engines.rotation import Override, Rotation, RotationTimeline, timeline
from bot.errors import Locked, NotFound
from bot.queries import people, schedules
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.usecases.fields import Faults, unfit
from bot.usecases.overrides.permission import require_put_on
from bot.vocabulary import ParticipantKind

LONG = timedelta(days=31)
"""What lasts longer is asked back: it may be a slip of the year."""
DRAWN = timedelta(days=62)
"""How much of a long override is looked at, to tell whom it replaces."""
EARLIEST_YEAR, LATEST_YEAR = 1970, 2100
A_MOMENT_AGO = timedelta(minutes=15)
"""What began less than this ago was meant to begin now."""


@dataclass(frozen=True, slots=True)
class WantedOverride:
    """Who is to be on call, by their id, over which schedule, from `start` until `end`; in UTC.

    Without rotation ids it lies over all rotations of the schedule, those to come included.
    """

    schedule_id: str
    user_id: str
    start: datetime
    end: datetime
    rotation_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which the same person would be on call without the override; `person` None: nobody whom we can name."""

    rotation: str
    start: datetime
    end: datetime
    person: Person | None


@dataclass(frozen=True, slots=True)
class Covered:
    """An override that would lie under the new one, in part at least. `person` None: it puts nobody."""

    id: str
    person: Person | None
    start: datetime
    end: datetime
    by: Person | None


@dataclass(frozen=True, slots=True)
class OverridePlan:
    """An override as it would be.

    `stretches` are the times in which it changes who is on call, rotation by rotation, as far as DRAWN; `is_on_anyway`:
    in a part of it the same person would be on call without it.
    `rotations` names those it lies over where these are not all; `rotation_ids` are what is to be stored.
    """

    schedule: Watched
    person: Person
    start: datetime
    end: datetime
    rotation_ids: tuple[str, ...]
    rotations: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    covered: tuple[Covered, ...]
    is_on_anyway: bool
    now: datetime

    @property
    def is_over(self) -> bool:
        """Whether all of it lies in the past: it only corrects what is on record."""
        return self.end <= self.now

    @property
    def begins_in_the_past(self) -> bool:
        """Whether a part of it corrects what is on record."""
        return self.start < self.now - A_MOMENT_AGO

    @property
    def is_long(self) -> bool:
        """Whether it lasts so long that a slip is likely."""
        return self.end - self.start > LONG

    @property
    def replaced(self) -> tuple[Person, ...]:
        """Whom it replaces, each once, in order of time."""
        return tuple({each.person.id: each.person for each in self.stretches if each.person}.values())

    @property
    def fingerprint(self) -> str:
        """Says in few characters what was shown of it: the same as long as whom it replaces and covers is the same."""
        facts = [
            *((each.rotation, each.start, each.end, each.person and each.person.id) for each in self.stretches),
            *((each.id, each.start, each.end) for each in self.covered),
            self.is_over,
            self.begins_in_the_past,
        ]
        return sha256(repr(facts).encode()).hexdigest()[:16]


async def plan(reading: Reading, actor: Person, wanted: WantedOverride) -> OverridePlan:
    """The override as it would be if `actor` made it now.

    Raises:
        NotFound: the schedule is gone.
        NotAllowed: the actor may not put this person on call.
        Locked: the schedule is switched off.
        BadFields: something in it is wrong; everything is named at once.
    """
    watched = await schedules.by_id(reading, wanted.schedule_id, since=min(wanted.start, reading.now))
    if watched is None:
        raise NotFound("That schedule is gone. `/oncall schedules` lists those there are.")
    who = (await people.by_ids(reading, [wanted.user_id])).get(wanted.user_id)
    if who is not None:  # who may not is told so before anything else
        await require_put_on(reading, actor, who, schedule=watched.schedule.name, team_id=watched.team_id)
    _refuse_what_is_wrong(watched, who, wanted)
    assert who is not None  # noqa: S101  else it was refused
    if not watched.schedule.enabled:
        raise Locked(
            f"{watched.schedule.name} is switched off: nobody is on call by it, whoever is put on. "
            "Switch it on first, or choose another schedule."
        )
    return await _planned(reading, watched, who, wanted)


def open_rotations(watched: Watched, at: datetime) -> list[Rotation]:
    """The rotations of a schedule that an override beginning then can name: those not closed by then."""
    return [each for each in watched.schedule.rotations if each.closed_at is None or each.closed_at > at]


def _refuse_what_is_wrong(watched: Watched, who: Person | None, wanted: WantedOverride) -> None:
    faults = Faults()
    faults.add("person", unfit(who, task="be on call"))
    faults.add("until", wrong_times(wanted.start, wanted.end))
    known = {each.id for each in open_rotations(watched, wanted.start)}
    if not known.issuperset(wanted.rotation_ids):
        faults.add("rotations", "One of these rotations is gone. Choose anew.")
    faults.refuse()


def wrong_times(start: datetime, end: datetime) -> str | None:
    """What is wrong with the times of an override."""
    if end == start:
        return "Until: this is the same moment as From, so nobody would be on call. Choose a later one."
    if end < start:
        return "Until: this is before From. Choose a later time."
    if not EARLIEST_YEAR <= start.year <= end.year <= LATEST_YEAR:
        return f"Until: choose times between the years {EARLIEST_YEAR} and {LATEST_YEAR}."
    return None


async def _planned(reading: Reading, watched: Watched, who: Person, wanted: WantedOverride) -> OverridePlan:
    everything = {each.id: each.name for each in open_rotations(watched, wanted.start)}
    named = tuple(id_ for id_ in everything if id_ in wanted.rotation_ids)
    stored = named if len(named) < len(everything) else ()
    within = frozenset(stored or everything)
    end = min(wanted.end, wanted.start + DRAWN)
    drawn = timeline(watched.schedule, wanted.start, end, watched.overrides)
    shown = [each for each in drawn.rotations if each.rotation_id in within]
    pieces = _merged(piece for each in shown for piece in _pieces(each, wanted.start, end))
    under = [each for each in watched.overrides if _lies_under(each, wanted, within)]
    ids = {*(who_id for *_, who_id in pieces if who_id), *(each.participant.id for each in under)}
    makers = {each.created_by for each in under}
    known = await people.by_ids(reading, [id_ for id_ in ids | makers if id_])
    return OverridePlan(
        schedule=watched,
        person=who,
        start=wanted.start,
        end=wanted.end,
        rotation_ids=stored,
        rotations=tuple(everything[id_] for id_ in stored),
        stretches=tuple(
            Stretch(rotation, start, until, known.get(who_id or ""))
            for rotation, start, until, who_id in pieces
            if who_id != who.id
        ),
        covered=tuple(_covered(each, known) for each in under),
        is_on_anyway=any(user == who.id for *_, user in pieces),
        now=reading.now,
    )


_Piece = tuple[str, datetime, datetime, str | None]
"""A rotation's name, from when until when, and the id of who is on call then."""


def _pieces(drawn: RotationTimeline, start: datetime, end: datetime) -> Iterator[_Piece]:
    """Who is on call in a rotation from `start` to `end` without a hole, gaps included."""
    since = start
    for segment in drawn.final:
        if since < segment.start:
            yield drawn.rotation_name, since, segment.start, None
        user = segment.participant.id if segment.participant.kind is ParticipantKind.USER else None
        yield drawn.rotation_name, segment.start, segment.end, user
        since = segment.end
    if since < end:
        yield drawn.rotation_name, since, end, None


def _merged(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Neighbours of one rotation with the same person as one."""
    merged: list[_Piece] = []
    for name, start, end, who in pieces:
        if merged and (merged[-1][0], merged[-1][2], merged[-1][3]) == (name, start, who):
            merged[-1] = (name, merged[-1][1], end, who)
        else:
            merged.append((name, start, end, who))
    return merged


def _lies_under(override: Override, wanted: WantedOverride, within: Collection[str]) -> bool:
    overlaps = override.start < wanted.end and wanted.start < override.end and override.start < override.end
    return overlaps and (not override.rotation_ids or not override.rotation_ids.isdisjoint(within))


def _covered(override: Override, known: Mapping[str, Person]) -> Covered:
    return Covered(
        override.id,
        known.get(override.participant.id or ""),
        override.start,
        override.end,
        known.get(override.created_by or ""),
    )
