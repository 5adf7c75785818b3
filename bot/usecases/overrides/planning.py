"""What an override would come to: asked before it counts, and once more when it is to count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from bot.engines.rotation import Participant
from bot.errors import Locked, NotFound
from bot.queries import people, schedules
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.usecases.fields import Faults, unfit
from bot.usecases.overrides.effects import Covered, Effect, Laid, Stretch, effect_of, open_rotations, replaced_in
from bot.usecases.overrides.permission import require_put_on
from bot.vocabulary import ParticipantKind

__all__ = ["Covered", "OverridePlan", "Stretch", "WantedOverride", "open_rotations", "plan", "wrong_times"]

LONG = timedelta(days=31)
"""What lasts longer is asked back: it may be a slip of the year."""
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
class OverridePlan:
    """An override as it would be. `stretches`, `covered`, `is_on_anyway` and `heirs` are its Effect.

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
    heirs: tuple[Person, ...] = ()

    @property
    def laid(self) -> Laid:
        """What is to be laid over the schedule."""
        return Laid(Participant(ParticipantKind.USER, self.person.id), self.start, self.end, self.rotation_ids)

    @property
    def effect(self) -> Effect:
        """What it changes."""
        return Effect(self.stretches, self.covered, self.is_on_anyway, self.heirs)

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
        return replaced_in(self.stretches)

    @property
    def fingerprint(self) -> str:
        """Says in few characters what was shown of it: the same as long as whom it replaces and covers is the same."""
        facts = [
            *(
                (each.rotation, each.start, each.end, each.person and each.person.id, each.group)
                for each in self.stretches
            ),
            *((each.id, each.start, each.end) for each in self.covered),
            *(each.id for each in self.heirs),
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
    laid = Laid(Participant(ParticipantKind.USER, who.id), wanted.start, wanted.end, stored)
    effect = await effect_of(reading, watched, laid)
    return OverridePlan(
        schedule=watched,
        person=who,
        start=wanted.start,
        end=wanted.end,
        rotation_ids=stored,
        rotations=tuple(everything[id_] for id_ in stored),
        stretches=effect.stretches,
        covered=effect.covered,
        is_on_anyway=effect.is_on_anyway,
        now=reading.now,
        heirs=effect.heirs,
    )
