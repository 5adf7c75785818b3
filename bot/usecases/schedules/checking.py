"""What a schedule must be before it is stored; everything wrong with it is said at once.

Field names are those of `WantedSchedule`; a rotation's begin with its place: `rotations.0.participants`.
"""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.engines.rotation import MOST_ROTATIONS, Rotation
from bot.engines.wallclock import zone_named
from bot.errors import Taken, Unreadable
from bot.queries.actors import Actor
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.queries.schedules import Watched
from bot.usecases.fields import Faults, wrong_text
from bot.usecases.schedules.checking_rotations import CheckedRotation, checked_rotations
from bot.usecases.schedules.matching import matched
from bot.usecases.schedules.meaning import Meant
from bot.usecases.schedules.names import wrong_name
from bot.usecases.schedules.owning import Owner, wanted_owner
from bot.usecases.schedules.wanted import UNSAID, Unsaid, WantedRotation, WantedSchedule
from storage import roles, schedules

LONGEST_DESCRIPTION = 10_000


@dataclass(frozen=True, slots=True)
class CheckedSchedule:
    """A schedule fit to be stored."""

    name: str
    description: str
    zone: ZoneInfo
    enabled: bool
    owner: Owner | None
    rotations: tuple[CheckedRotation, ...]


async def checked(
    reading: Reading,
    actor: Actor | None,
    wanted: WantedSchedule,
    *,
    stored: Watched | None,
    owner: Owner | None,
    meant: Meant,
) -> CheckedSchedule:
    """What is wanted, rounded and resolved, with what is not said of it as it was, or by default.

    `stored` is the schedule that it becomes and `owner` the team of that; both None for a new one. `meant` is whom
    programs name in rosters. People may not choose a name that differs from another one by nothing but case and blanks;
    for programs the very letters count.

    Raises:
        Taken: another schedule has that name; nothing else is wrong.
        BadFields: with a sentence for everything that is wrong, field by field.
    """
    faults = Faults()
    is_person = isinstance(actor, Person)
    name = _name(wanted.name, stored, faults, is_person=is_person)
    namesake = await _namesake(reading, name, stored, is_person=is_person) if name else None
    zone = await _zone(reading, wanted.timezone, stored, faults)
    new_owner = await wanted_owner(reading, actor, wanted.team, stored=owner, faults=faults)
    description = stored.description if stored else ""
    if wanted.description is not UNSAID:
        description = wanted.description
        faults.add("description", wrong_text(description, called="Description", limit=LONGEST_DESCRIPTION))
    there = [rotation for rotation in stored.schedule.rotations if rotation.closed_at is None] if stored else []
    asked = _rotations(wanted, there)
    if is_person and not asked and (there or not stored):
        faults.add("rotations", "A schedule needs at least one rotation.")
    if len(asked) > max(MOST_ROTATIONS, len(there)):
        faults.add("rotations", f"A schedule has at most {MOST_ROTATIONS} rotations.")
    rotations = await checked_rotations(
        reading, asked, there, zone=zone, meant=meant, is_person=is_person, faults=faults
    )
    if namesake and not faults:
        raise Taken({"name": name_taken(namesake)})
    faults.add("name", name_taken(namesake) if namesake else None)
    faults.refuse()
    was_enabled = stored.schedule.enabled if stored else True
    enabled = was_enabled if wanted.enabled is UNSAID else wanted.enabled
    return CheckedSchedule(name, description, zone, enabled, new_owner, rotations)


def name_taken(name: str) -> str:
    """What is said where a schedule has that name already."""
    return f"There is a schedule “{name}” already. Choose another name."


def _name(said: str | Unsaid, stored: Watched | None, faults: Faults, *, is_person: bool) -> str:
    before = stored.schedule.name if stored else ""
    if said is UNSAID or (is_person and before and said.split() == before.split()):
        said = before
    elif is_person:
        said = " ".join(said.split())
    faults.add("name", wrong_name(said))
    return said


async def _namesake(reading: Reading, name: str, stored: Watched | None, *, is_person: bool) -> str | None:
    """The name of another schedule that stands in the way of this one's new name."""
    if stored and stored.schedule.name == name:
        return None
    but = stored.schedule.id if stored else None
    return await schedules.namesake(reading.session, name, but=but, is_exact=not is_person)


async def _zone(reading: Reading, said: str | Unsaid, stored: Watched | None, faults: Faults) -> ZoneInfo:
    """The zone; of a new schedule of which none is said, the one in which most people here live."""
    if said is UNSAID:
        return stored.schedule.zone if stored else ZoneInfo(await roles.commonest_timezone(reading.session) or "UTC")
    try:
        return zone_named(said)
    except Unreadable as error:
        faults.add("timezone", error.sentence)
        return ZoneInfo("UTC")


def _rotations(wanted: WantedSchedule, there: list[Rotation]) -> tuple[WantedRotation, ...]:
    if wanted.rotations is UNSAID:
        return matched([WantedRotation.as_it_is(each.id) for each in there], there, by_name=False)
    return matched(wanted.rotations, there, by_name=wanted.matches_names)
