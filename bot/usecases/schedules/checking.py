"""What a schedule must be before it is stored; everything wrong with it is said at once.

Field names are those of `WantedSchedule`; a rotation's begin with its place: `rotations.0.participants`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.engines.rotation import Participant, Rotation, RotationRule, Schedule, checked_rule
from bot.engines.wallclock import resolve, to_local, zone_named
from bot.errors import BadFields, Unreadable
from bot.queries import people
from bot.queries.people import Person
from bot.queries.reading import Reading
from bot.usecases.fields import Faults, unfit, wrong_line
from bot.usecases.schedules.wanted import WantedRotation, WantedSchedule
from bot.vocabulary import ParticipantKind
from storage import schedules

LONGEST_NAME = 100
EARLIEST_YEAR, LATEST_YEAR = 1970, 2100
"""Of a start: far enough from both ends of the calendar that every hand-off there is can be shown."""


@dataclass(frozen=True, slots=True)
class CheckedRotation:
    """A rotation fit to be stored. `id` None: a new one."""

    id: str | None
    name: str
    rule: RotationRule


@dataclass(frozen=True, slots=True)
class CheckedSchedule:
    """A schedule fit to be stored."""

    name: str
    zone: ZoneInfo
    team: str | None
    rotations: tuple[CheckedRotation, ...]


async def checked(reading: Reading, wanted: WantedSchedule, *, stored: Schedule | None) -> CheckedSchedule:
    """What is wanted, rounded and resolved; `stored` is the schedule that it becomes, None for a new one.

    Raises:
        BadFields: with a sentence for everything that is wrong, field by field.
    """
    faults = Faults()
    name = _name(wanted.name, "name", faults)
    namesake = await schedules.by_name(reading.session, name) if name else None
    if namesake and namesake.id != (stored.id if stored else None):
        faults.add("name", name_taken(namesake.name))
    team = _name(wanted.team, "team", faults) if wanted.team is not None else None
    zone = _zone(wanted.timezone, faults)
    if not wanted.rotations:
        faults.add("rotations", "A schedule needs at least one rotation.")
    rotations = await _rotations(reading, wanted, zone, stored, faults)
    faults.refuse()
    return CheckedSchedule(name, zone, team, rotations)


def name_taken(name: str) -> str:
    """What is said where a schedule has that name already."""
    return f"There is a schedule “{name}” already. Choose another name."


def _name(typed: str, field: str, faults: Faults) -> str:
    name = " ".join(typed.split())
    faults.add(field, wrong_line(name, called="Name", limit=LONGEST_NAME))
    return name


def _zone(name: str, faults: Faults) -> ZoneInfo:
    try:
        return zone_named(name)
    except Unreadable as error:
        faults.add("timezone", error.sentence)
        return ZoneInfo("UTC")


async def _rotations(
    reading: Reading, wanted: WantedSchedule, zone: ZoneInfo, stored: Schedule | None, faults: Faults
) -> tuple[CheckedRotation, ...]:
    known = {rotation.id: rotation for rotation in stored.rotations} if stored else {}
    ids = {who.id for rotation in wanted.rotations for who in rotation.participants if who.id}
    people_known = await people.by_ids(reading, ids)
    taken: set[str] = set()
    good: list[CheckedRotation] = []
    for place, rotation in enumerate(wanted.rotations):
        field = f"rotations.{place}"
        name = _name(rotation.name, f"{field}.name", faults)
        if name.casefold() in taken:
            faults.add(f"{field}.name", f"Another rotation is called “{name}” already.")
        taken.add(name.casefold())
        rule = _rule(rotation, zone, known.get(rotation.id or ""), field, faults)
        faults.add(f"{field}.participants", _unfit(rotation.participants, people_known))
        if rule:
            good.append(CheckedRotation(rotation.id, name, rule))
    return tuple(good)


def _rule(
    wanted: WantedRotation, zone: ZoneInfo, stored: Rotation | None, field: str, faults: Faults
) -> RotationRule | None:
    before = stored.rule if stored else None
    if not EARLIEST_YEAR <= wanted.start.year <= LATEST_YEAR:
        faults.add(f"{field}.start", f"Choose a start between the years {EARLIEST_YEAR} and {LATEST_YEAR}.")
        return None
    try:
        rule = checked_rule(
            start=_start(wanted.start, zone, before),
            end=before.end if before else None,
            type=wanted.type,
            length=wanted.length,
            participants=wanted.participants,
            restriction=wanted.restriction,
            turns=wanted.turns,
            zone=zone,
        )
    except BadFields as error:
        faults.add_all({f"{field}.{name}": sentence for name, sentence in error.fields.items()})
        return None
    return _same_windows(rule, before) if before else rule


def _start(local: datetime, zone: ZoneInfo, before: RotationRule | None) -> datetime:
    """The instant meant. One that was not touched stays the very same, also where its time came twice that day."""
    return before.start if before and to_local(before.start, zone) == local else resolve(local, zone)


def _same_windows(rule: RotationRule, before: RotationRule) -> RotationRule:
    """Windows that say the same in other words are not an edit."""
    if rule.restriction and before.restriction and rule.restriction.minutes == before.restriction.minutes:
        return replace(rule, restriction=before.restriction)
    return rule


def _unfit(roster: tuple[Participant, ...], known: Mapping[str, Person]) -> str | None:
    """A sentence for everybody in the roster who cannot be on call."""
    users = dict.fromkeys(who.id for who in roster if who.kind is ParticipantKind.USER)
    reasons = [unfit(known.get(user or ""), task="be on call") for user in users]
    return " ".join(reason for reason in reasons if reason) or None
